/** Stands for an empty bin, whose logarithm would be infinite. */
const EMPTY = 0.0001;

/** Shares of bins without 0: an empty bin gets a share as Evidently gives it. Their sum is then a little more than 1. */
export function filledShares(shares: Float64Array): Float64Array {
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const empty = smallest <= EMPTY ? smallest / 1e6 : EMPTY;
  return shares.map((share) => (share === 0 ? empty : share));
}
