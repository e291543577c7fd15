import { square } from '../stats/elementary.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { influenceOnMean, weightedMean } from './weights.ts';

/**
 * `sklearn.metrics.brier_score_loss`: mean squared distance of the probabilities from what happened. Of two classes that of class
 * 1 alone, 0 to 1; of more the sum over all classes, 0 to 2. NaN without rows, and of more than two classes without probabilities.
 */
export const brier = defineMetric({
  id: 'brier',
  summary:
    'mean squared error of the probability of the positive class; with more than two classes, summed over all of them',
  direction: 'minimize',
  range: [0, 2],
  targetTypes: ['binary', 'multiclass'],
  needs: 'probabilities',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute: (input) => weightedMean(input, errorOf(input)),
  influence: (input) => influenceOnMean(input, errorOf(input)),
});

function errorOf({ target, score, probabilities, nClasses }: MetricInput): (row: number) => number {
  if (nClasses <= 2) return (row) => square(score[row]! - target[row]!);
  if (!probabilities) return () => Number.NaN;
  return (row) => {
    let sum = 0;
    for (let label = 0; label < nClasses; label++) {
      sum += square(probabilities[row * nClasses + label]! - Number(target[row] === label));
    }
    return sum;
  };
}
