import { square } from '../stats/elementary.ts';
import { type Confusion, confusionOf, rarestClassDf } from './confusion.ts';
import { defineMetric } from './metric.ts';

/**
 * Cohen's kappa (`sklearn.metrics.cohen_kappa_score`): (p − e) / (1 − e), with p the share of rows decided right and e what it
 * would be if decisions had nothing to do with the target. NaN when all rows are of one class and decided for it.
 */
export const cohenKappa = defineMetric({
  id: 'cohen_kappa',
  summary: 'agreement of target and predicted class beyond chance: 1 is perfect, 0 is chance',
  direction: 'maximize',
  range: [-1, 1],
  targetTypes: ['binary', 'multiclass'],
  needs: 'classes',
  byDefault: false,
  uncertainty: 'influence',
  pooling: 'pooled',
  compute(input) {
    const { observed, expected } = agreement(confusionOf(input));
    return expected < 1 ? (observed - expected) / (1 - expected) : Number.NaN;
  },
  influence(input) {
    const confusion = confusionOf(input);
    const { total, actual, decided } = confusion;
    const { observed, expected } = agreement(confusion);
    const scale = input.target.length / total;
    return input.target.map((label, row) => {
      const choice = input.predictedClass[row]!;
      const ofObserved = Number(label === choice) - observed;
      const ofExpected = (decided[label]! + actual[choice]!) / total - 2 * expected;
      return scale * (ofObserved / (1 - expected) - ((1 - observed) * ofExpected) / square(1 - expected));
    });
  },
  degreesOfFreedom: rarestClassDf,
});

function agreement({ total, right, actual, decided }: Confusion): { observed: number; expected: number } {
  const both = actual.reduce((sum, weight, label) => sum + weight * decided[label]!, 0);
  return { observed: right / total, expected: both / square(total) };
}
