import { z } from 'zod';

export const classWeightParam = z
  .literal('balanced')
  .nullable()
  .default(null)
  .describe('`balanced` weighs classes inversely to their frequency: n / (classes × rows of the class).');

/**
 * Weight of each class (`sklearn.utils.compute_class_weight`); 0 for a class without rows, 1 for all without `balanced`.
 *
 * @param weights per row; absent: rows count 1. `balanced` is then of their sums instead of numbers of rows.
 */
export function classWeights(
  target: Float64Array,
  nClasses: number,
  classWeight: 'balanced' | null,
  weights: Float64Array | null = null,
): Float64Array {
  const counts = new Float64Array(nClasses);
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    counts[target[row]!]! += weight;
    total += weight;
  }
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : classWeight === 'balanced' ? total / (present * count) : 1));
}

/** The classes with any weight, and each class's place among them (NaN of the others). */
export function presentClasses(byClass: Float64Array): {
  readonly present: readonly number[];
  readonly places: Float64Array;
} {
  const present = [...byClass.keys()].filter((label) => byClass[label]! > 0);
  const places = new Float64Array(byClass.length).fill(Number.NaN);
  present.forEach((label, place) => {
    places[label] = place;
  });
  return { present, places };
}
