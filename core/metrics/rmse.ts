import { square } from '../stats/elementary.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { influenceOnMean, weightedMean } from './weights.ts';

/** `sklearn.metrics.root_mean_squared_error`, in the unit of the target. NaN without rows. */
export const rmse = defineMetric({
  id: 'rmse',
  summary: 'root mean squared error',
  direction: 'minimize',
  range: [0, Number.POSITIVE_INFINITY],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: true,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute,
  influence(input) {
    const value = compute(input);
    // At zero error the root has no derivative; every row is then exact and moves nothing.
    return influenceOnMean(input, squaredError(input)).map((moved) => (value > 0 ? moved / (2 * value) : 0));
  },
});

function compute(input: MetricInput): number {
  return Math.sqrt(weightedMean(input, squaredError(input)));
}

function squaredError({ target, score }: MetricInput): (row: number) => number {
  return (row) => square(target[row]! - score[row]!);
}
