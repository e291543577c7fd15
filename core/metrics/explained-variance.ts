import { square } from '../stats/elementary.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { totalWeight, weightedMean } from './weights.ts';

/**
 * `sklearn.metrics.explained_variance_score`: R² that forgives a constant error. Of a constant target 1 when the errors are all the
 * same and 0 otherwise, as there; NaN below two rows.
 */
export const explainedVariance = defineMetric({
  id: 'explained_variance',
  summary: 'share of the variance of the target that the predictions explain; unlike R², it ignores a constant error',
  direction: 'maximize',
  range: [Number.NEGATIVE_INFINITY, 1],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute(input) {
    if (input.target.length < 2) return Number.NaN;
    const { ofError, ofTarget } = variances(input);
    if (ofTarget === 0) return ofError === 0 ? 1 : 0;
    return 1 - ofError / ofTarget;
  },
  influence(input) {
    const { ofError, ofTarget, meanError, meanTarget, total } = variances(input);
    const scale = input.target.length / total;
    return input.target.map((y, row) => {
      if (ofTarget === 0) return 0;
      const error = square(y - input.score[row]! - meanError);
      return (scale * ((ofError / ofTarget) * square(y - meanTarget) - error)) / ofTarget;
    });
  },
});

function variances(input: MetricInput) {
  const { target, score } = input;
  const error = (row: number) => target[row]! - score[row]!;
  const meanError = weightedMean(input, error);
  const meanTarget = weightedMean(input, (row) => target[row]!);
  return {
    meanError,
    meanTarget,
    ofError: weightedMean(input, (row) => square(error(row) - meanError)),
    ofTarget: weightedMean(input, (row) => square(target[row]! - meanTarget)),
    total: totalWeight(input),
  };
}
