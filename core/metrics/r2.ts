import { square } from '../stats/elementary.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { totalWeight, weightedMean } from './weights.ts';

/**
 * Coefficient of determination (`sklearn.metrics.r2_score`). Of a constant target 1 when every prediction is exact and
 * 0 otherwise, as there; NaN below two rows.
 */
export const r2 = defineMetric({
  id: 'r2',
  summary: 'coefficient of determination R²: 1 is perfect, 0 is no better than the mean',
  direction: 'maximize',
  range: [Number.NEGATIVE_INFINITY, 1],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: true,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute(input) {
    if (input.target.length < 2) return Number.NaN;
    const { residual, spread } = sums(input);
    if (spread === 0) return residual === 0 ? 1 : 0;
    return 1 - residual / spread;
  },
  influence(input) {
    const { residual, spread, mean } = sums(input);
    const n = input.target.length;
    return input.target.map((y, row) => {
      if (spread === 0) return 0;
      const error = square(y - input.score[row]!);
      return (n * ((residual / spread) * square(y - mean) - error)) / spread;
    });
  },
});

/** Weighted sums of squares: of what is left after the prediction, and around the mean. */
function sums(input: MetricInput): { residual: number; spread: number; mean: number } {
  const { target, score } = input;
  const mean = weightedMean(input, (row) => target[row]!);
  const total = totalWeight(input);
  return {
    residual: total * weightedMean(input, (row) => square(target[row]! - score[row]!)),
    spread: total * weightedMean(input, (row) => square(target[row]! - mean)),
    mean,
  };
}
