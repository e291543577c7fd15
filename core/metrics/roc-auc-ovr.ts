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
  summary: 'area under the ROC curve of each class against all others, mean over classes',
  direction: 'maximize',
  range: [0, 1],
  targetTypes: ['multiclass'],
  needs: 'probabilities',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'ranked',
  compute(input) {
    const { probabilities, nClasses, weights } = input;
    if (!probabilities) return Number.NaN;
    let sum = 0;
    for (let label = 0; label < nClasses; label++) {
      sum += placementsOf(isOf(input, label), ofClass(probabilities, nClasses, label), weights).auc;
    }
    return sum / nClasses;
  },
  influence(input) {
    const { probabilities, nClasses, weights } = input;
    const moved = new Float64Array(input.target.length);
    for (let label = 0; probabilities && label < nClasses; label++) {
      const positive = isOf(input, label);
      const placements = placementsOf(positive, ofClass(probabilities, nClasses, label), weights);
      const influence = influenceOnAuc(positive, placements);
      for (let row = 0; row < moved.length; row++) moved[row]! += influence[row]! / nClasses;
    }
    return moved;
  },
  degreesOfFreedom: rarestClassDf,
});

/** nSamples: the probability of one class. */
function ofClass(probabilities: Float64Array, nClasses: number, label: number): Float64Array {
  return Float64Array.from(
    { length: probabilities.length / nClasses },
    (_, row) => probabilities[row * nClasses + label]!,
  );
}

function isOf({ target }: MetricInput, label: number): Uint8Array {
  return Uint8Array.from(target, (each) => Number(each === label));
}
