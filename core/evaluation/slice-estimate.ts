import { UNTESTED } from '../dataset/evaluation-set.ts';
import type { Slice } from '../dataset/slices.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Estimate } from '../tracking/run.ts';
import { NOT_MEASURED, pooledEstimates, type ValidatedPredictions } from './estimates.ts';

/** With fewer rows than this a slice is shown and not judged: they say too little about it. */
export const FEWEST_ROWS = 30;

/**
 * Metrics on the rows of a slice, each predicted by the model that did not see it, by the metrics' ids; without a value where
 * the slice has too few rows.
 */
export function sliceEstimates(
  metrics: readonly Metric[],
  slice: Slice,
  predicted: Omit<ValidatedPredictions, 'training'>,
): Record<string, Estimate> {
  const { order, folds } = predicted.evaluationSet;
  const rows = order.filter((row) => folds[row] !== UNTESTED && slice.rows.has(row));
  const estimate =
    rows.length < FEWEST_ROWS
      ? () => ({ estimate: { ...NOT_MEASURED, n: rows.length } })
      : pooledEstimates(predicted, rows);
  return Object.fromEntries(metrics.map((metric) => [metric.id, estimate(metric).estimate]));
}
