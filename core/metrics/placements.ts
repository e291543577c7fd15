import { ranked } from './ranked.ts';

interface Placements {
  /** NaN when one side is absent. */
  readonly auc: number;
  /** nSamples: the share of the other side that the row is ranked rightly against, ties counting half. */
  readonly placement: Float64Array;
  /** Weight of the negatives and of the positives. */
  readonly weight: readonly [number, number];
}

/**
 * The area under the ROC curve with what each row has to do with it (DeLong, DeLong & Clarke-Pearson 1988).
 *
 * @param positive nSamples of 0 and 1.
 */
export function placementsOf(positive: ArrayLike<number>, scores: Float64Array, weights?: Float64Array): Placements {
  const placement = new Float64Array(scores.length);
  const weight: [number, number] = [0, 0];
  for (let row = 0; row < placement.length; row++) weight[positive[row] as 0 | 1] += weights?.[row] ?? 1;
  if (weight[0] === 0 || weight[1] === 0) return { auc: Number.NaN, placement, weight };
  // Twice the number of pairs that are ranked rightly: whole numbers, so that ties alone give exactly ½.
  let twice = 0;
  const above: [number, number] = [0, 0];
  for (const tied of ranked(scores)) {
    const here: [number, number] = [0, 0];
    for (const row of tied) here[positive[row] as 0 | 1] += weights?.[row] ?? 1;
    for (const row of tied) {
      const other = positive[row] === 1 ? 0 : 1;
      const share = (above[other] + here[other] / 2) / weight[other];
      placement[row] = other === 0 ? 1 - share : share;
    }
    twice += here[0] * (2 * above[1] + here[1]);
    above[0] += here[0];
    above[1] += here[1];
  }
  return { auc: twice / (2 * weight[0] * weight[1]), placement, weight };
}

/** Influence of each row on the area. */
export function influenceOnAuc(positive: ArrayLike<number>, { auc, placement, weight }: Placements): Float64Array {
  const n = placement.length;
  return placement.map((share, row) => (n * (share - auc)) / weight[positive[row] as 0 | 1]);
}
