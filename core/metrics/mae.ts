import { defineMetric } from './metric.ts';
import { influenceOnMean, weightedMean } from './weights.ts';

/** `sklearn.metrics.mean_absolute_error`, in the unit of the target. NaN without rows. */
export const mae = defineMetric({
  id: 'mae',
  summary: 'mean absolute error',
  direction: 'minimize',
  range: [0, Number.POSITIVE_INFINITY],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: true,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute: (input) => weightedMean(input, (row) => Math.abs(input.target[row]! - input.score[row]!)),
  influence: (input) => influenceOnMean(input, (row) => Math.abs(input.target[row]! - input.score[row]!)),
});
