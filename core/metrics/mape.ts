import { defineMetric, type MetricInput } from './metric.ts';
import { influenceOnMean, weightedMean } from './weights.ts';

const EPSILON = 2.220446049250313e-16;

/**
 * `sklearn.metrics.mean_absolute_percentage_error`, as a share: 0.1 is 10 %. As there a target of 0 is taken for 2.2e-16, so that
 * a single one makes the metric astronomically large: choose another where the target can be 0. NaN without rows.
 */
export const mape = defineMetric({
  id: 'mape',
  summary: 'mean absolute error as a share of the true value (0.1 is 10 %); useless if the true value can be 0',
  direction: 'minimize',
  range: [0, Number.POSITIVE_INFINITY],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: false,
  dividesByTarget: true,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute: (input) => weightedMean(input, shareOf(input)),
  influence: (input) => influenceOnMean(input, shareOf(input)),
});

function shareOf({ target, score }: MetricInput): (row: number) => number {
  return (row) => Math.abs(target[row]! - score[row]!) / Math.max(Math.abs(target[row]!), EPSILON);
}
