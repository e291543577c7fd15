import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../core/commands/pipeline/load-dataset.ts';
import { pairedDifference, type RunPredictions } from '../core/comparison/paired-difference.ts';
import { parseProject } from '../core/config/parse.ts';
import { UNTESTED } from '../core/dataset/evaluation-set.ts';
import { createOutOfFold } from '../core/evaluation/out-of-fold.ts';
import { quantise } from '../core/evidence/quantise.ts';
import { openFolderStores } from '../core/io/folder/folder-stores.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { metrics } from '../core/metrics/index.ts';
import { decided } from '../core/models/predictions.ts';
import { square } from '../core/stats/elementary.ts';
import { runsOfDocument } from '../core/tracking/run-codec.ts';
import { rowsOf } from './folds.ts';
import { dataTableOf } from './look-alikes.ts';
import { peerPredictions } from './out-of-fold.ts';
import { mean } from './spread.ts';
import type { Bench } from './suite.ts';
import type { DataTable } from './table-file.ts';
import type { ListedTable } from './table-list.ts';

/** How scikit-learn's forest is given words. */
export const ENCODINGS = ['target', 'one-hot'] as const;

/** Ways to part the rows of a table into folds. One alone may suit one side. */
export const PARTINGS = 3;

/** One table through the product, and its forest beside scikit-learn's. */
export interface TableContest {
  readonly from: string;
  readonly rows: number;
  readonly metric: string;
  readonly ours: number;
  /** The data checks of `mlops init` that found something. */
  readonly notes: readonly string[];
  /** By encoding; where there are no words, one says all. */
  readonly theirs: Partial<Readonly<Record<(typeof ENCODINGS)[number], PeerScore>>>;
}

/** A score of scikit-learn's. */
export interface PeerScore {
  readonly value: number;
  /** Ours less theirs, positive where ours is better. */
  readonly difference: number;
  /** Of the difference: of the rows that both predicted, and of the seeds. */
  readonly standardError: number;
}

/** What kept a table from being read or trained. */
export interface Failure {
  readonly from: string;
  readonly error: string;
}

/**
 * `mlops init` and `mlops train` on a file of the suite's folder, then scikit-learn on the same folds. Three times: folds follow from the name of
 * the file, so copies of it have others.
 */
export async function contestOf(
  bench: Bench,
  { from, name, target }: ListedTable & { readonly name: string },
): Promise<TableContest | Failure> {
  const parts: TableContest[] = [];
  for (let parting = 0; parting < PARTINGS; parting++) {
    const copy = name.replace('.', `_${parting}.`);
    copyFileSync(join(bench.folder, name), join(bench.folder, copy));
    const part = await partOf(bench, { from, name: copy, target });
    if ('error' in part) return part;
    parts.push(part);
  }
  return meanOfParts(parts);
}

/** One table in one way to part its rows. */
async function partOf(
  bench: Bench,
  { from, name, target }: ListedTable & { readonly name: string },
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
  let trained: Parameters<typeof runsOfDocument>[0];
  try {
    found = mlops('init', name, '--target', target, '--force').result;
    trained = mlops('train', '--model', 'random_forest');
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    return { from, error: (stderr ?? String(error)).split('\n')[0]! };
  }
  const [run] = runsOfDocument(trained);
  const metric = found.metrics[0]!;
  const own = await openFolderStores(join(bench.folder, '.mlops')).evidence.get(run!.id);
  const data = await sharedTable(bench.folder, own!);
  const hasWords = data.columns.some(({ nCategories }) => nCategories > 0);
  const encodings = hasWords ? ENCODINGS : ENCODINGS.slice(0, 1);
  const predictions = peerPredictions(
    bench,
    { scoredFolds: nFoldsOf(data) },
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
    return [encoding, scoreBeside(metric, own!, data, predicted)] as const;
  });
  return {
    from,
    rows: found.rows,
    metric,
    ours: run!.metrics[metric]!.outOfFold.value!,
    notes: [...new Set(found.findings.map(({ check }) => check))],
    theirs: Object.fromEntries(theirs),
  };
}

/** Means over the ways to part the rows. Their rows are the same, so the standard error is that of one of them. */
export function meanOfParts(parts: readonly TableContest[]): TableContest {
  const theirs = Object.keys(parts[0]!.theirs).map((encoding) => {
    const all = parts.map((part) => part.theirs[encoding as keyof TableContest['theirs']]!);
    const score: PeerScore = {
      value: mean(all.map(({ value }) => value)),
      difference: mean(all.map(({ difference }) => difference)),
      standardError: Math.sqrt(mean(all.map(({ standardError }) => square(standardError)))),
    };
    return [encoding, score];
  });
  return { ...parts[0]!, ours: mean(parts.map(({ ours }) => ours)), theirs: Object.fromEntries(theirs) };
}

/** The columns that ours learned from, as ours reads them, and our folds. */
async function sharedTable(folder: string, { rowSet }: RunPredictions): Promise<DataTable> {
  const project = parseProject(readFileSync(join(folder, 'mlops.yml'), 'utf8'), 'mlops.yml');
  const plan = { project, base: null, chosen: [] };
  const { table, columns, target, config } = await loadDataset(project.datasets[0]!, plan, {
    files: createProjectFiles(folder),
  });
  const used = table.columns.map(({ name }) => name).filter((name) => columns.features.includes(name));
  if (rowSet.positions?.length !== table.nRows || rowSet.folds.includes(UNTESTED))
    throw new Error(`${config.path}: not every row was predicted`);
  const folds = new Float64Array(table.nRows);
  for (const [i, row] of rowSet.positions.entries()) folds[row] = rowSet.folds[i]!;
  return {
    ...dataTableOf(table.select([...used, config.target]), config.target),
    ...{ target: target.values, nClasses: target.classes.length },
    folds: [folds],
  };
}

/** Both on the same rows, by the rule that the gate compares two runs by. */
function scoreBeside(metric: string, own: RunPredictions, data: DataTable, predicted: Float64Array): PeerScore {
  const { rowSet } = own;
  const width = Math.max(1, data.nClasses);
  let at = 0;
  const repeats = data.folds.map((folds) => {
    const gathered = createOutOfFold(data.target.length, data.nClasses);
    for (let fold = 0; fold < nFoldsOf(data); fold++) {
      const { test } = rowsOf(folds, fold);
      const outputs = predicted.subarray(at, at + test.length * width);
      at += outputs.length;
      gathered.put(test, decided({ outputs, nClasses: data.nClasses }));
    }
    return quantise(rowSet, gathered.predictions(), true);
  });
  const all = Uint32Array.from(rowSet.keys.keys());
  const { baseline, drop, standardError } = pairedDifference(
    metrics.get(metric),
    { baseline: all, candidate: all },
    { rowSet, evidence: { run: 'scikit-learn', rowSet: rowSet.id, repeats } },
    own,
  );
  return { value: baseline, difference: -drop, standardError: standardError! };
}

function nFoldsOf({ folds }: DataTable): number {
  return Math.max(...folds[0]!) + 1;
}
