import { defineMetric } from './metric.ts';

/**
 * `sklearn.metrics.max_error`: the largest absolute error, in the unit of the target; rows of weight 0 do not count. NaN without
 * rows. It hangs on one row, and no standard error of it is known to hold: it has neither interval nor `max_drop`.
 */
export const maxError = defineMetric({
  id: 'max_error',
  summary: 'largest absolute error',
  direction: 'minimize',
  range: [0, Number.POSITIVE_INFINITY],
  targetTypes: ['continuous'],
  needs: 'values',
  byDefault: false,
  uncertainty: 'none',
  pooling: 'pooled',
  compute({ target, score, weights }) {
    let most = Number.NaN;
    for (let row = 0; row < target.length; row++) {
      const error = Math.abs(target[row]! - score[row]!);
      if (weights?.[row] !== 0 && !(error <= most)) most = error;
    }
    return most;
  },
});
