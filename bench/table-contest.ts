import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../core/commands/pipeline/load-dataset.ts';
import { parseProject } from '../core/config/parse.ts';
import { metricInput } from '../core/evaluation/metric-input.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { metrics } from '../core/metrics/index.ts';
import { models } from '../core/models/index.ts';
import { decided } from '../core/models/predictions.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { drawFolds, rowsOf } from './folds.ts';
import { dataTableOf } from './look-alikes.ts';
import { ourPredictions, peerPredictions } from './out-of-fold.ts';
import type { Bench } from './suite.ts';
import type { DataTable } from './table-file.ts';
import type { ListedTable } from './table-list.ts';

/** How scikit-learn's forest is given words. */
export const ENCODINGS = ['target', 'one-hot'] as const;
const N_FOLDS = 5;
const MODEL = 'random_forest';

/** One table through the product, and its forest beside scikit-learn's. */
export interface TableContest {
  readonly from: string;
  readonly rows: number;
  readonly metric: string;
  /** Ours, of each way to part the rows. */
  readonly ours: readonly number[];
  /** The data checks of `mlops init` that found something. */
  readonly notes: readonly string[];
  /** scikit-learn's of the same, by encoding; where there are no words, one says all. */
  readonly theirs: Partial<Readonly<Record<(typeof ENCODINGS)[number], readonly number[]>>>;
}

/** What kept a table from being read or trained. */
export interface Failure {
  readonly from: string;
  readonly error: string;
}

/** `mlops init` and `mlops train` on a file of the suite's folder, then both forests on the same folds, drawn `seeds` times. */
export async function contestOf(
  bench: Bench,
  { from, name, target }: ListedTable & { readonly name: string },
  seeds: number,
  workers: WorkerPool,
): Promise<TableContest | Failure> {
  const mlops = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [bench.cli, ...args, '--json', '--quiet'], {
        cwd: bench.folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 64 * 2 ** 20,
      }),
    );
  let found: {
    readonly rows: number;
    readonly metrics: readonly string[];
    readonly findings: readonly { check: string }[];
  };
  try {
    found = mlops('init', name, '--target', target, '--force').result;
    mlops('train', '--model', MODEL);
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    return { from, error: (stderr ?? String(error)).split('\n')[0]! };
  }
  const metric = found.metrics[0]!;
  const { table, data } = await sharedTable(bench.folder, seeds);
  const scored = { scoredFolds: N_FOLDS };
  const encodings = data.columns.some(({ nCategories }) => nCategories > 0) ? ENCODINGS : ENCODINGS.slice(0, 1);
  const predictions = peerPredictions(
    bench,
    scored,
    data,
    encodings.map((encoding) => ({
      estimator: `RandomForest${data.nClasses === 0 ? 'Regressor' : 'Classifier'}`,
      peerParams: {},
      encoding,
    })),
  );
  const theirs = encodings.map((encoding, i) => {
    const predicted = predictions[i]!;
    if (typeof predicted === 'string') throw new Error(`${from}, ${encoding}: ${predicted}`);
    return [encoding, pooledScores(metric, data, predicted)] as const;
  });
  const contest = { name: from, table, target, ...scored };
  const own = { model: MODEL, params: models.get(MODEL).params.parse({}) };
  return {
    from,
    rows: found.rows,
    metric,
    ours: pooledScores(metric, data, await ourPredictions(contest, data, own, workers)),
    notes: [...new Set(found.findings.map(({ check }) => check))],
    theirs: Object.fromEntries(theirs),
  };
}

/** The columns that ours learns from, as ours reads them, with the rows parted in as many ways as there are seeds. */
async function sharedTable(folder: string, seeds: number) {
  const project = parseProject(readFileSync(join(folder, 'mlops.yml'), 'utf8'), 'mlops.yml');
  const plan = { project, base: null, chosen: [] };
  const { table, columns, target, config } = await loadDataset(project.datasets[0]!, plan, {
    files: createProjectFiles(folder),
  });
  const used = table.columns.map(({ name }) => name).filter((name) => columns.features.includes(name));
  const nClasses = target.classes.length;
  const data: DataTable = {
    ...dataTableOf(table.select([...used, config.target]), config.target),
    ...{ target: target.values, nClasses },
    folds: Array.from({ length: seeds }, (_, i) => drawFolds(target.values, nClasses, N_FOLDS, i + 1)),
  };
  return { table, data };
}

/** Per way to part the rows the metric of all rows' predictions, each from the fold that holds the row. */
function pooledScores(metric: string, { folds: ways, target, nClasses }: DataTable, predicted: Float64Array): number[] {
  const width = Math.max(1, nClasses);
  let at = 0;
  return ways.map((folds) => {
    const outputs = new Float64Array(target.length * width);
    for (let fold = 0; fold < N_FOLDS; fold++)
      for (const row of rowsOf(folds, fold).test) {
        outputs.set(predicted.subarray(at, at + width), row * width);
        at += width;
      }
    return metrics.get(metric).compute(metricInput(target, decided({ outputs, nClasses })));
  });
}
