import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { MetricInput } from '../metrics/metric.ts';
import { type DecidedPredictions, scoreOf, takePredictions } from '../models/predictions.ts';
import { takeValues } from '../table/take-values.ts';

/** What metrics are computed from. @param target nSamples, as are the predictions. */
export function metricInput(target: Float64Array, predictions: DecidedPredictions): MetricInput {
  const { nClasses, outputs, predictedClass, hasProbabilities } = predictions;
  const probabilities = nClasses > 2 && hasProbabilities && { probabilities: outputs };
  return { target, nClasses, score: scoreOf(predictions), predictedClass, ...probabilities };
}

/** The same of some rows of an evaluation set. @param predictions of every row of the file. */
export function metricInputAt(
  { target }: Pick<EvaluationSet, 'target'>,
  rows: Uint32Array,
  predictions: DecidedPredictions,
): MetricInput {
  return metricInput(takeValues(target.values, rows), takePredictions(predictions, rows));
}
