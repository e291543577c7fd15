import type { MetricInput } from '../../metrics/metric.ts';
import { square } from '../../stats/elementary.ts';

/**
 * How wrong each prediction is, nSamples: the absolute error of a value, the squared error of the probability that the true class was
 * given, where it is known, else whether the predicted class is wrong.
 */
export function rowLosses({ target, nClasses, score, predictedClass, probabilities }: MetricInput): Float64Array {
  return target.map((truth, row) => {
    if (nClasses === 0) return Math.abs(score[row]! - truth);
    if (nClasses === 2) return square(score[row]! - truth);
    if (probabilities) return square(1 - probabilities[row * nClasses + truth]!);
    return Number(predictedClass[row] !== truth);
  });
}
