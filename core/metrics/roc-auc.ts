import { rarestClassDf } from './confusion.ts';
import { defineMetric } from './metric.ts';
import { influenceOnAuc, placementsOf } from './placements.ts';

/**
 * Area under the ROC curve (`sklearn.metrics.roc_auc_score`): the chance that a row of class 1 is scored above one of
 * class 0, ties counting half. NaN when a class is absent. Influence after DeLong, DeLong & Clarke-Pearson (1988).
 */
export const rocAuc = defineMetric({
  id: 'roc_auc',
  summary: 'area under the ROC curve: the chance that a positive is scored above a negative',
  direction: 'maximize',
  range: [0, 1],
  targetTypes: ['binary'],
  needs: 'scores',
  byDefault: true,
  uncertainty: 'influence',
  pooling: 'ranked',
  compute: ({ target, score, weights }) => placementsOf(target, score, weights).auc,
  influence: ({ target, score, weights }) => influenceOnAuc(target, placementsOf(target, score, weights)),
  foldWeight(target) {
    const positives = target.reduce((sum, label) => sum + label, 0);
    return positives * (target.length - positives);
  },
  degreesOfFreedom: rarestClassDf,
});
