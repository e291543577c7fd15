import { z } from 'zod';

export const classWeightParam = z
  .literal('balanced')
  .nullable()
  .default(null)
  .describe('`balanced` weighs classes inversely to their frequency: n / (classes × rows of the class).');

/** Weight of each class (`sklearn.utils.compute_class_weight`); 0 for a class without rows, 1 for all without `balanced`. */
export function classWeights(target: Float64Array, nClasses: number, classWeight: 'balanced' | null): Float64Array {
  const counts = new Float64Array(nClasses);
  for (const label of target) counts[label]!++;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : classWeight === 'balanced' ? target.length / (present * count) : 1));
}
