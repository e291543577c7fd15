import { rarestClassDf } from './confusion.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { influenceOnAuc, placementsOf } from './placements.ts';

/**
 * Mean over classes of the area under the ROC curve of the class's probability, its rows against all others
 * (`sklearn.metrics.roc_auc_score` with `multi_class="ovr"`, `average="macro"`). NaN when a class is absent, and without
 * probabilities. So of a class with fewer rows than folds only the folds that have it count.
 */
export const rocAucOvr = defineMetric({
  id: 'roc_auc_ovr',
  summary: 'area under the ROC curve of each class against all others, plain mean over classes',
  direction: 'maximize',
  range: [0, 1],
  targetTypes: ['multiclass'],
  needs: 'probabilities',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'ranked',
  compute(input) {
    if (!input.probabilities) return Number.NaN;
    const areas = input.probabilities.map(
      (scores, label) => placementsOf(isOf(input, label), scores, input.weights).auc,
    );
    return areas.reduce((sum, auc) => sum + auc, 0) / areas.length;
  },
  influence(input) {
    const moved = new Float64Array(input.target.length);
    for (const [label, scores] of (input.probabilities ?? []).entries()) {
      const positive = isOf(input, label);
      const ofClass = influenceOnAuc(positive, placementsOf(positive, scores, input.weights));
      for (let row = 0; row < moved.length; row++) moved[row]! += ofClass[row]! / input.nClasses;
    }
    return moved;
  },
  degreesOfFreedom: rarestClassDf,
});

function isOf({ target }: MetricInput, label: number): Uint8Array {
  return Uint8Array.from(target, (each) => Number(each === label));
}
