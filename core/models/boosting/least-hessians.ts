/** For values, two classes, and rare ones of many. */
const MOST = 0.3;

/**
 * The least sum of hessians on a side of a split, for each score: a given one, or 0.3. Leaves of near-certain rows ruin rare
 * classes at 10⁻³, scikit-learn's, and still at 0.1; a hessian of 1 ends learning early where most rows are certain.
 *
 * Of three classes or more it is min(0.3, 0.0006/(p(1 − p))). Where the model is sure of most rows of ten classes, hardly a
 * leaf of the rest has 0.3. A class of 0.2 % or less keeps the 0.3.
 *
 * @param shares for each score, the share p of its class in the weight of the rows; NaN if the score belongs to no single class.
 */
export function leastHessians(shares: readonly number[], given: number | null): number[] {
  if (given !== null) return shares.map(() => given);
  return shares.map((share) => (Number.isNaN(share) ? MOST : Math.min(MOST, 0.0006 / (share * (1 - share)))));
}
