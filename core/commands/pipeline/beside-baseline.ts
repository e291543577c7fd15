import { type Baseline, findBaseline } from '../../comparison/baseline.ts';
import { foldsOfBaseline } from '../../comparison/baseline-folds.ts';
import { pairRows } from '../../comparison/pair-rows.ts';
import type { RunPredictions } from '../../comparison/paired-difference.ts';
import { recordedFeatures } from '../../evaluation/split/recorded-plan.ts';
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
 * What keeps rows in the baseline's folds: of an order of time its cuts, else what became of equal rows there, and where its columns
 * are gone the folds themselves. The default branch makes folds of its own, which the next change will find by key.
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
  const [first] = evaluatedRuns;
  if (time !== null) return { ...NOTHING_INHERITED, cuts: first?.run.split.cuts ?? null };
  if (group !== null || place === 'tracked_branch' || !first) return NOTHING_INHERITED;
  const duplicates = first.run.split.duplicates ?? null;
  const features = recordedFeatures(first.run);
  const sameKeys = keyColumns === baseline.keyColumns;
  if (sameKeys && (duplicates === 'spread' || features.every((name) => dataset.table.column(name))))
    return { ...NOTHING_INHERITED, duplicates, features: duplicates === 'spread' ? null : features };
  const own = evaluationSetOf(dataset, keyColumns, { ...NOTHING_INHERITED, duplicates });
  const rowSet = rowSetOf(own);
  // A model that was evaluated on the test set only does not know the folds of all rows.
  const folds = evaluatedRuns
    .map(({ predictions }) => predictions && foldsOfBaseline(predictions.rowSet, rowSet, { sameKeys, own: own.folds }))
    .find((known) => known !== null);
  return { ...NOTHING_INHERITED, folds: folds ?? null, duplicates };
}
