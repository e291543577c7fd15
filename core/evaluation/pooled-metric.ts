import type { Metric, MetricInput } from '../metrics/metric.ts';
import { takeValues } from '../table/take-values.ts';

/** A metric over out-of-fold rows, with what is needed for its standard error. */
export interface PooledMetric {
  readonly value: number;
  /** nSamples: what a little more weight of a row does to the value. */
  readonly influence: Float64Array;
  /** The metric within each fold and the fold's weight in the whole; NaN and 0 where undefined. */
  readonly folds: readonly { readonly value: number; readonly weight: number }[];
}

/**
 * A metric over rows that were predicted by the models of several folds: over all rows at once for `pooled` metrics, the
 * weighted mean of the values within the folds for `ranked` ones.
 *
 * @param folds nSamples: the fold of each row of `input`.
 */
export function pooledMetric(metric: Metric, input: MetricInput, folds: Uint8Array, nFolds: number): PooledMetric {
  const n = folds.length;
  const parts = Array.from({ length: nFolds }, (_, fold) => {
    const rows = Uint32Array.from(folds.keys()).filter((row) => folds[row] === fold);
    const part = takeRows(input, rows);
    const value = rows.length === 0 ? Number.NaN : metric.compute(part);
    const size = Number.isNaN(value) ? 0 : metric.foldWeight ? metric.foldWeight(part.target) : rows.length;
    return { rows, part, value, size };
  });
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const byFold = parts.map(({ value, size }) => ({ value, weight: total > 0 ? size / total : 0 }));
  if (metric.pooling === 'pooled') {
    return { value: metric.compute(input), influence: metric.influence(input), folds: byFold };
  }
  const influence = new Float64Array(n);
  let value = total > 0 ? 0 : Number.NaN;
  for (const { rows, part, value: within, size } of parts) {
    if (size === 0) continue;
    value += (size / total) * within;
    const scale = (n / rows.length) * (size / total);
    metric.influence(part).forEach((moved, i) => {
      influence[rows[i]!] = moved * scale;
    });
  }
  return { value, influence, folds: byFold };
}

function takeRows(input: MetricInput, rows: Uint32Array): MetricInput {
  const pick = (values: Float64Array) => takeValues(values, rows);
  return {
    nClasses: input.nClasses,
    target: pick(input.target),
    prediction: pick(input.prediction),
    decision: pick(input.decision),
  };
}
