import { rarestClassDf } from './class-ratio.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { ranked } from './ranked.ts';

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
  pooling: 'ranked',
  compute: (input) => placements(input).auc,
  influence(input) {
    const { auc, placement, weight } = placements(input);
    const n = input.target.length;
    return placement.map((share, row) => (n * (share - auc)) / weight[input.target[row]!]!);
  },
  foldWeight(target) {
    const positives = target.reduce((sum, label) => sum + label, 0);
    return positives * (target.length - positives);
  },
  degreesOfFreedom: rarestClassDf,
});

/** For each row the share of the other class that it is ranked rightly against, and the mean of those. */
function placements(input: MetricInput): { auc: number; placement: Float64Array; weight: [number, number] } {
  const placement = new Float64Array(input.target.length);
  const weight: [number, number] = [0, 0];
  for (let row = 0; row < placement.length; row++) weight[input.target[row] as 0 | 1] += input.weights?.[row] ?? 1;
  if (weight[0] === 0 || weight[1] === 0) return { auc: Number.NaN, placement, weight };
  let auc = 0;
  const above: [number, number] = [0, 0];
  for (const tied of ranked(input.prediction)) {
    const here: [number, number] = [0, 0];
    for (const row of tied) here[input.target[row] as 0 | 1] += input.weights?.[row] ?? 1;
    for (const row of tied) {
      const other = input.target[row] === 1 ? 0 : 1;
      const share = (above[other] + here[other] / 2) / weight[other];
      placement[row] = other === 0 ? 1 - share : share;
      if (other === 0) auc += ((input.weights?.[row] ?? 1) * placement[row]!) / weight[1];
    }
    above[0] += here[0];
    above[1] += here[1];
  }
  return { auc, placement, weight };
}
