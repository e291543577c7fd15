import { UNTESTED } from '../dataset/evaluation-set.ts';
import { NOT_MEASURED, outOfFold } from '../evaluation/estimates.ts';
import type { RowSet } from '../evidence/evidence.ts';
import { rowsId } from '../evidence/evidence-codec.ts';
import { dequantise, dequantiseProbabilities } from '../evidence/quantise.ts';
import { metrics } from '../metrics/index.ts';
import { type MetricInput, needsProbabilities } from '../metrics/metric.ts';
import { takeValues } from '../table/take-values.ts';
import type { Estimate } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import { pairRows, sameKeyColumns } from './pair-rows.ts';
import type { RunPredictions } from './paired-difference.ts';

/**
 * A run of which only the predictions are believed: its out-of-fold metrics are computed anew, on the baseline's targets where it has
 * the row. Without predictions its numbers are its own words. Evidence of a large dataset holds a sample of its rows, and so does what
 * is computed from it.
 *
 * @param baseline the same model's run of the base, or any of that dataset.
 */
export function recomputedRun({ run, predictions }: EvaluatedRun, baseline: EvaluatedRun | undefined): EvaluatedRun {
  if (!predictions?.rowSet.target) return { run: { ...run, measuredOn: 'self_reported' }, predictions: null };
  const estimate = estimatesOf(predictions, believedTarget({ run, predictions }, baseline));
  const recomputed = Object.entries(run.metrics).map(([id, result]) => [
    id,
    { ...result, outOfFold: metrics.has(id) ? estimate(id) : NOT_MEASURED },
  ]);
  return { run: { ...run, metrics: Object.fromEntries(recomputed) }, predictions };
}

function estimatesOf({ rowSet, evidence }: RunPredictions, target: Float64Array): (id: string) => Estimate {
  const { folds, scale, classes, clusters } = rowSet;
  const nClasses = classes.length;
  const rows = Uint32Array.from(folds.keys()).filter((row) => folds[row] !== UNTESTED);
  const strata = Uint8Array.from(rows, (row) => folds[row]!);
  const nFolds = strata.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const resampling = {
    ...{ seed: rowsId(rowSet), strata },
    clusters: clusters ? Uint32Array.from(rows, (row) => clusters[row]!) : null,
  };
  const inputs = evidence.repeats.map(({ predictions, decisions, probabilities }): MetricInput => {
    const score = takeValues(dequantise(predictions, scale), rows);
    return {
      ...{ nClasses, score, target: takeValues(target, rows) },
      predictedClass: nClasses === 0 ? score : Float64Array.from(rows, (row) => decisions[row]!),
      ...(probabilities && { probabilities: takeValues(dequantiseProbabilities(probabilities), rows, nClasses) }),
    };
  });
  return (id) => {
    const metric = metrics.get(id);
    const isKnown =
      rows.length > 0 &&
      inputs.every(({ probabilities }) => !needsProbabilities(metric, nClasses) || probabilities !== undefined);
    return isKnown ? outOfFold(metric, inputs, nFolds, resampling).estimate : NOT_MEASURED;
  };
}

/** The targets of the candidate's rows, as the baseline has them: a row that the change relabelled gets its old label back. */
function believedTarget(candidate: EvaluatedRun, baseline: EvaluatedRun | undefined): Float64Array {
  const own: RowSet = candidate.predictions!.rowSet;
  const before = baseline?.predictions?.rowSet;
  if (!baseline || !before?.target) return own.target!;
  const sameKeys = sameKeyColumns(baseline.run.data.keyColumns, candidate.run.data.keyColumns);
  const agreed = new Set(pairRows(before, own, sameKeys).candidate);
  // Without targets, rows are the same by their keys alone.
  const { target: _, ...unlabelled } = own;
  const pairs = pairRows(before, unlabelled, sameKeys);
  if (pairs.by !== 'key') return own.target!;
  const target = own.target!.slice();
  pairs.candidate.forEach((row, i) => {
    const value = before.target![pairs.baseline[i]!]!;
    const known = own.classes.length === 0 ? value : own.classes.indexOf(before.classes[value] ?? '');
    if (!agreed.has(row) && (own.classes.length === 0 || known >= 0)) target[row] = known;
  });
  return target;
}
