import type { CategorySums } from './category-sums.ts';
import type { deviateOf, drawMeans, hash } from './draw-means.ts';

/** What the order is drawn with. */
export interface OrderParts {
  readonly deviateOf: typeof deviateOf;
  readonly drawMeans: typeof drawMeans;
  readonly hash: typeof hash;
}

/**
 * The order in which a tree cuts the categories of a feature: that of their mean targets (Fisher 1958; for forests, once
 * per tree instead of in every node, Wright & König 2019: in a small node each category's own rows would decide where it
 * goes, and any noise be learned). Of three classes or more the target is 1 for a half of the classes, drawn for the tree.
 * Means are drawn for the tree too: one fixed order for all trees would show them the targets of all rows.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 *
 * @param key what is drawn for the tree and feature.
 * @param unit weight of one row.
 * @returns 256: the rank of each bin; that of missing values stays 255.
 */
export function orderCategories(
  { weights, sums, width, squares }: CategorySums,
  key: number,
  unit: number,
  { deviateOf, drawMeans, hash }: OrderParts,
): Uint8Array {
  const draw = (b: number) => hash(key, b);
  const isChosen = Array.from({ length: width }, () => 0);
  if (width > 1) {
    const order = [...isChosen.keys()].sort((a, b) => draw(a) - draw(b) || a - b);
    for (const k of order.slice(0, Math.floor(width / 2))) isChosen[k] = 1;
  } else isChosen[0] = 1;
  const said = Float64Array.from(weights, (_, i) => {
    let sum = 0;
    for (let k = 0; k < width; k++) if (isChosen[k]) sum += sums[i * width + k]!;
    return sum;
  });
  // A target of 0 and 1 is its own square.
  const ownSquares = width > 1 ? said.reduce((sum, each) => sum + each, 0) : squares;
  const means = drawMeans({ weights, said, squares: ownSquares }, unit, (i) => deviateOf(draw, i));
  const ranks = new Uint8Array(256).fill(255);
  for (const [rank, bin] of [...means.keys()].sort((a, b) => means[a]! - means[b]! || a - b).entries())
    ranks[bin] = rank;
  return ranks;
}
