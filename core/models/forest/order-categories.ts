import type { CategorySums } from './category-sums.ts';

/**
 * The order in which a tree cuts the categories of a feature: that of their mean targets (Fisher 1958; for forests, once
 * per tree instead of in every node, Wright & König 2019: in a small node each category's own rows would decide where it
 * goes, and any noise be learned). Of three classes or more the target is 1 for a half of the classes, drawn for the tree.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 *
 * @param key what is drawn for the tree and feature.
 * @param unit weight of one row.
 * @param isDrawn whether each mean is drawn from its own spread, as a tree's rows are drawn: one fixed order for all trees
 *   would show them the targets of all rows.
 * @returns 256: the rank of each bin; that of missing values stays 255.
 */
export function orderCategories(
  { weights, sums, width, squares }: CategorySums,
  key: number,
  unit: number,
  isDrawn: boolean,
): Uint8Array {
  /** MurmurHash3's finaliser. */
  const hash = (b: number): number => {
    let h = key ^ Math.imul(b, 0x9e3779b9);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  /** Near enough to a normal deviate: four uniform ones, added up, have variance 1/3. */
  const deviate = (i: number) => {
    const place = 512 + 4 * i;
    return Math.sqrt(3) * ((hash(place) + hash(place + 1) + hash(place + 2) + hash(place + 3)) / 4294967296 - 2);
  };
  const isChosen = Array.from({ length: width }, () => 0);
  if (width > 1) {
    const order = [...isChosen.keys()].sort((a, b) => hash(a) - hash(b) || a - b);
    for (const k of order.slice(0, Math.floor(width / 2))) isChosen[k] = 1;
  } else isChosen[0] = 1;
  const said = Float64Array.from(weights, (_, i) => {
    let sum = 0;
    for (let k = 0; k < width; k++) if (isChosen[k]) sum += sums[i * width + k]!;
    return sum;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = total > 0 ? said.reduce((sum, each) => sum + each, 0) / total : 0;
  const spread = total > 0 ? Math.sqrt(Math.max(0, (width > 1 ? mean : squares / total) - mean * mean)) : 0;
  const means = said.map((sum, i) => {
    const own = weights[i]! > 0 ? sum / weights[i]! : mean;
    return isDrawn ? own + (spread * deviate(i)) / Math.sqrt(weights[i]! / unit + 1) : own;
  });
  const ranks = new Uint8Array(256).fill(255);
  for (const [rank, bin] of [...means.keys()].sort((a, b) => means[a]! - means[b]! || a - b).entries())
    ranks[bin] = rank;
  return ranks;
}
