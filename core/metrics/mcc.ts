import { square } from '../stats/elementary.ts';
import { confusionOf, rarestClassDf } from './confusion.ts';
import { defineMetric, type MetricInput } from './metric.ts';

/**
 * Matthews correlation coefficient (`sklearn.metrics.matthews_corrcoef`; more than two classes: Gorodkin 2004). 0 when all rows are
 * decided for one class. NaN when all are of one class, where scikit-learn says 0 of a model that may be right every time.
 */
export const mcc = defineMetric({
  id: 'mcc',
  summary: 'Matthews correlation of target and predicted class: 1 is perfect, 0 is no better than chance',
  direction: 'maximize',
  range: [-1, 1],
  targetTypes: ['binary', 'multiclass'],
  needs: 'classes',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute(input) {
    const { covariance, ofTarget, ofDecision } = sums(input);
    if (!(ofTarget > 0)) return Number.NaN;
    return ofDecision > 0 ? Math.max(-1, Math.min(1, covariance / Math.sqrt(ofTarget * ofDecision))) : 0;
  },
  influence(input) {
    const { confusion, covariance, ofTarget, ofDecision } = sums(input);
    const { total, right, actual, decided } = confusion;
    const n = input.target.length;
    if (!(ofTarget > 0 && ofDecision > 0)) return new Float64Array(n);
    const root = Math.sqrt(ofTarget * ofDecision);
    const value = covariance / root;
    return input.target.map((label, row) => {
      const choice = input.predictedClass[row]!;
      const moved = Number(label === choice) * total + right - decided[label]! - actual[choice]!;
      const ofSpreads = (total - decided[choice]!) / ofDecision + (total - actual[label]!) / ofTarget;
      return n * (moved / root - value * ofSpreads);
    });
  },
  degreesOfFreedom: rarestClassDf,
});

/** Total² times the covariance of the indicators of the true and the predicted classes, and their variances. */
function sums(input: MetricInput) {
  const confusion = confusionOf(input);
  const { total, right, actual, decided } = confusion;
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, weight, label) => sum + weight * b[label]!, 0);
  return {
    confusion,
    covariance: right * total - dot(actual, decided),
    ofTarget: square(total) - dot(actual, actual),
    ofDecision: square(total) - dot(decided, decided),
  };
}
