import { metricInput } from '../core/evaluation/metric-input.ts';
import { metrics } from '../core/metrics/index.ts';
import { decided } from '../core/models/predictions.ts';

/** What predictions are judged by, on both sides: R² of values, area under the ROC curve of two classes, accuracy of more. */
export function scoreName(nClasses: number): 'r2' | 'roc_auc' | 'accuracy' {
  return nClasses === 0 ? 'r2' : nClasses === 2 ? 'roc_auc' : 'accuracy';
}

/**
 * @param predictions nSamples values, or nSamples × nClasses probabilities.
 * @param name default: `scoreName` of the target.
 */
export function score(
  target: Float64Array,
  nClasses: number,
  predictions: Float64Array,
  name: string = scoreName(nClasses),
): number {
  if (predictions.length !== target.length * Math.max(1, nClasses))
    throw new Error(`${predictions.length} predictions for ${target.length} rows of ${nClasses} classes`);
  const input = metricInput(target, decided({ outputs: predictions, nClasses }));
  return metrics.get(name).compute(input);
}
