import { log } from '../stats/elementary.ts';
import { defineMetric, type MetricInput, needsProbabilities } from './metric.ts';
import { influenceOnMean, weightedMean } from './weights.ts';

/**
 * Probabilities are kept this far from 0 and 1, so that one sure miss costs 29.93 and not everything. Evidence does not tell nearer ones
 * from 0 and 1, and what is computed from it must be the same.
 */
const EPSILON = 1e-13;

/**
 * `sklearn.metrics.log_loss`, but for probabilities nearer than 1e-13 to 0 or 1: mean of −log of the probability that the row's own class
 * was given, in nats. NaN without rows, and of more than two classes without probabilities.
 */
export const logLoss = defineMetric({
  id: 'log_loss',
  summary: 'mean of −log of the probability of the true class',
  direction: 'minimize',
  range: [0, Number.POSITIVE_INFINITY],
  targetTypes: ['binary', 'multiclass'],
  needs: 'probabilities',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute: (input) => weightedMean(input, lossOf(input)),
  influence: (input) => influenceOnMean(input, lossOf(input)),
});

function lossOf({ target, score, probabilities, nClasses }: MetricInput): (row: number) => number {
  const own = (row: number) => {
    if (needsProbabilities(logLoss, nClasses)) return probabilities?.[row * nClasses + target[row]!] ?? Number.NaN;
    return target[row] === 1 ? score[row]! : 1 - score[row]!;
  };
  return (row) => -log(Math.min(1 - EPSILON, Math.max(EPSILON, own(row))));
}
