import type { RowSet } from '../evidence/evidence.ts';
import { metrics } from '../metrics/index.ts';
import { addsNothingElse, addsRows, allKeys, keysDigest, rowsOfBaseline, tableRowsOf } from './added-rows.ts';
import { type AddedRows, compareModels, type EvaluatedRun, type ModelComparison, rowsOf } from './compare-models.ts';
import type { SliceName } from './gate-result.ts';
import { pairRows, sameKeyColumns } from './pair-rows.ts';
import { pairedDifference, type RunPredictions } from './paired-difference.ts';

/**
 * A comparison, and what of it is due to rows that the candidate's table has and the baseline's has not. They may teach the answers to
 * the rows that both have, as copies of them would.
 */
export function withAddedRows(
  comparison: ModelComparison,
  { baseline, candidate }: { readonly baseline: EvaluatedRun; readonly candidate: EvaluatedRun },
  metricIds: readonly string[],
  slice?: SliceName,
): ModelComparison {
  const added = addedRows(comparison, baseline, candidate, metricIds, slice);
  return added ? { ...comparison, added } : comparison;
}

function addedRows(
  { pairing, counts }: ModelComparison,
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  metricIds: readonly string[],
  slice?: SliceName,
): AddedRows | null {
  // In the order of time a model learns from earlier rows alone, whatever is added. What the change says of its split is only its word.
  if (baseline.run.split.time !== undefined) return null;
  const [known, own] = [rowsOf(baseline), rowsOf(candidate)];
  if (!known || !own || !sameKeyColumns(baseline.run.data.keyColumns, candidate.run.data.keyColumns)) return null;
  if (!addsRows(baseline, candidate, counts)) return null;
  if (addsNothingElse(baseline.run, candidate.run, counts)) return { kind: 'alone' };
  if (pairing === 'unpaired') return { kind: 'unknown' };
  const { rowSet, evidence } = candidate.predictions!;
  const before = allKeys(tableRowsOf(baseline));
  const { withoutAdded } = evidence;
  if (!before || withoutAdded?.keys !== keysDigest(before)) return { kind: 'unknown' };
  const without = { rowSet, evidence: { ...evidence, repeats: withoutAdded.repeats } };
  return {
    kind: 'twice',
    without: compareModels(baseline, { ...candidate, predictions: without }, metricIds, slice).differences,
    onThemselves: slice
      ? new Map()
      : gains(without, candidate.predictions!, newRows(baseline, candidate, before), metricIds),
  };
}

/** By how much a run is better than another on these rows, where that can be told. */
function gains(
  without: RunPredictions,
  whole: RunPredictions,
  rows: Uint32Array,
  metricIds: readonly string[],
): ReadonlyMap<string, number> {
  if (rows.length === 0) return new Map();
  return new Map(
    metricIds.flatMap((id): [string, number][] => {
      const { drop } = pairedDifference(metrics.get(id), { baseline: rows, candidate: rows }, without, whole);
      return Number.isFinite(drop) ? [[id, -drop]] : [];
    }),
  );
}

/** Places in the candidate's row set of rows that the baseline does not have. */
function newRows(baseline: EvaluatedRun, candidate: EvaluatedRun, before: Float64Array): Uint32Array {
  const own: RowSet = candidate.predictions!.rowSet;
  const sameKeys = sameKeyColumns(baseline.run.data.keyColumns, candidate.run.data.keyColumns);
  const isOld = rowsOfBaseline(own.keys, before, pairRows(baseline.predictions!.rowSet, own, sameKeys).candidate);
  return Uint32Array.from(own.keys.keys()).filter((row) => !isOld[row]);
}
