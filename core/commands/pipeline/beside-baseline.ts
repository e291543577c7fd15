import { type Baseline, findBaseline } from '../../comparison/baseline.ts';
import { foldsByPosition } from '../../comparison/baseline-folds.ts';
import { pairRows } from '../../comparison/pair-rows.ts';
import type { RunPredictions } from '../../comparison/paired-difference.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import type { Report } from '../../report/report-schema.ts';
import type { Ports } from '../ports.ts';
import { evaluationSetOf, type Inherited, type LoadedDataset, NOTHING_INHERITED } from './load-dataset.ts';

/** What a dataset is compared with. */
export function baselineOf(dataset: LoadedDataset, ports: Ports): Promise<Baseline> {
  const { config, task } = dataset;
  return findBaseline(ports.baselines, ports.search, {
    dataset: config.id,
    task,
    target: config.target,
    split: config.split,
    self: ports.git.sha,
    ...sameInputsOf(ports, config.id),
    sharedRows: (predictions, keyColumns) => sharedRows(dataset, predictions, keyColumns),
  });
}

/** What tells whether an older commit has the inputs of the base commit, where there is a base commit to compare with. */
export function sameInputsOf({ twins }: Pick<Ports, 'twins'>, dataset: string) {
  return twins ? { sameInputs: (sha: string) => twins(dataset, sha) } : {};
}

function sharedRows(dataset: LoadedDataset, predictions: RunPredictions, keyColumns: readonly string[]): number | null {
  if (!keyColumns.every((name) => dataset.table.column(name))) return null;
  const rowSet = rowSetOf(evaluationSetOf(dataset, keyColumns, NOTHING_INHERITED));
  const { shared, baselineRows } = pairRows(predictions.rowSet, rowSet, true).counts;
  return baselineRows === 0 ? null : shared / baselineRows;
}

/** The baseline's list while its columns are all there: then a new column moves no key. */
export function keyColumnsOf({ table, columns }: LoadedDataset, baseline: Baseline): readonly string[] {
  if (baseline.kind === 'none') return columns.keyColumns;
  return baseline.keyColumns.every((name) => table.column(name)) ? baseline.keyColumns : columns.keyColumns;
}

/**
 * What keeps rows in the baseline's folds: of an order of time its cuts, and where its columns are gone the folds themselves. The
 * default branch makes folds of its own then, which the next change will find by key.
 */
export function inheritedFrom(
  baseline: Baseline,
  dataset: LoadedDataset,
  keyColumns: readonly string[],
  place: Report['place'],
): Inherited {
  if (baseline.kind === 'none') return NOTHING_INHERITED;
  const evaluatedRuns = [...baseline.evaluatedRuns.values()];
  const { group, time } = dataset.config.split;
  if (time !== null) return { folds: null, cuts: evaluatedRuns[0]?.run.split.cuts ?? null };
  if (group !== null || keyColumns === baseline.keyColumns || place === 'tracked_branch') return NOTHING_INHERITED;
  const own = rowSetOf(evaluationSetOf(dataset, keyColumns, NOTHING_INHERITED));
  // A model that was evaluated on the test set only does not know the folds of all rows.
  const folds = evaluatedRuns
    .map(({ predictions }) => predictions && foldsByPosition(predictions.rowSet, own))
    .find((known) => known !== null);
  return { cuts: null, folds: folds ?? null };
}
