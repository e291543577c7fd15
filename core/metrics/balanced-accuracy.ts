import { confusionOf, rarestClassDf } from './confusion.ts';
import { defineMetric } from './metric.ts';

/**
 * `sklearn.metrics.balanced_accuracy_score`: mean over the classes of the target of the share of their rows decided right. A
 * class that is only decided for does not count, which is what sets it apart from `recall_macro`. NaN without rows.
 */
export const balancedAccuracy = defineMetric({
  id: 'balanced_accuracy',
  summary: 'share of rows predicted correctly in each class, mean over classes',
  direction: 'maximize',
  range: [0, 1],
  targetTypes: ['binary', 'multiclass'],
  needs: 'classes',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute(input) {
    const recalls = recallsOf(input);
    return recalls.reduce((sum, recall) => sum + (Number.isNaN(recall) ? 0 : recall), 0) / present(recalls);
  },
  influence(input) {
    const recalls = recallsOf(input);
    const { actual } = confusionOf(input);
    const scale = input.target.length / present(recalls);
    return input.target.map((label, row) => {
      const right = Number(label === input.predictedClass[row]);
      return (scale * (right - recalls[label]!)) / actual[label]!;
    });
  },
  degreesOfFreedom: rarestClassDf,
});

/** Per class; NaN where the target has none of it. */
function recallsOf(input: Parameters<typeof confusionOf>[0]): Float64Array {
  const { actual, hits } = confusionOf(input);
  return hits.map((weight, label) => (actual[label]! > 0 ? weight / actual[label]! : Number.NaN));
}

function present(recalls: Float64Array): number {
  return recalls.reduce((count, recall) => count + Number(!Number.isNaN(recall)), 0);
}
