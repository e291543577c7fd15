import { defineMetric, type MetricInput } from './metric.ts';

/**
 * `sklearn.metrics.median_absolute_error`, in the unit of the target; with weights the averaged inverse of their distribution
 * function, as there. NaN without rows.
 */
export const medianAe = defineMetric({
  id: 'median_ae',
  summary: 'median absolute error: half of the rows are nearer',
  direction: 'minimize',
  range: [0, Number.POSITIVE_INFINITY],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: false,
  uncertainty: 'bootstrap',
  pooling: 'pooled',
  compute: (input) => medianOf(input)(input.weights ?? new Uint8Array(input.target.length).fill(1)),
  resample: medianOf,
});

function medianOf({ target, score }: MetricInput): (weights: ArrayLike<number>) => number {
  const errors = target.map((y, row) => Math.abs(y - score[row]!));
  const order = Uint32Array.from(errors, (_, row) => row).sort((a, b) => errors[a]! - errors[b]!);
  return (weights) => {
    let total = 0;
    for (let row = 0; row < errors.length; row++) total += weights[row]!;
    if (total === 0) return Number.NaN;
    let at = -1;
    let below = 0;
    while (below < total / 2) below += weights[order[++at]!]!;
    const lower = errors[order[at]!]!;
    if (below > total / 2) return lower;
    while (weights[order[++at]!] === 0);
    return (lower + errors[order[at]!]!) / 2;
  };
}
