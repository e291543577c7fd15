/** 32 bits from two numbers: MurmurHash3's finaliser. */
export function hash(key: number, b: number): number {
  let h = key ^ Math.imul(b, 0x9e3779b9);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Sums of a target by category. */
interface TargetSums {
  /** n: weight of the rows. */
  readonly weights: Float64Array;
  /** n: weighted sum of the target. */
  readonly said: Float64Array;
  /** Weighted sum of the squared targets of all rows. */
  readonly squares: number;
}

/**
 * A mean target for each category, drawn from what its rows leave open: shrunk towards the mean of all rows as if a few more
 * rows had said that mean, plus noise of the size of what is then still unknown (empirical Bayes: Micci-Barreca 2001).
 * Without the noise, a category of one row would show a tree that row's target. A category without rows has the mean of all.
 * How many rows more is estimated, between 5 and 100: the variance within categories over that between them (one-way
 * analysis of variance).
 *
 * Closes over nothing, since it is sent to worker threads as text.
 *
 * @param unit weight of one row.
 * @param deviate category → a normal deviate.
 * @param fixed what to use instead of the estimate: the prior, and how the noise of a category falls with its rows.
 */
export function drawMeans(
  { weights, said, squares }: TargetSums,
  unit: number,
  deviate: (category: number) => number,
  fixed?: { readonly prior: number; readonly damping: (rows: number) => number },
): Float64Array {
  let total = 0;
  let sum = 0;
  let squaredWeights = 0;
  let explained = 0;
  let nFilled = 0;
  for (const [i, weight] of weights.entries()) {
    if (!(weight > 0)) continue;
    nFilled++;
    total += weight;
    sum += said[i]!;
    squaredWeights += weight * weight;
    explained += (said[i]! * said[i]!) / weight;
  }
  const mean = total > 0 ? sum / total : 0;
  const spread = total > 0 ? Math.sqrt(Math.max(0, squares / total - mean * mean)) : 0;
  const estimate = () => {
    const nRows = total / unit;
    if (nFilled < 2 || !(nRows > nFilled)) return 100;
    const within = Math.max(0, squares - explained) / unit / (nRows - nFilled);
    const between = Math.max(0, explained - mean * sum) / unit / (nFilled - 1);
    const rowsPerCategory = (nRows - squaredWeights / unit / total) / (nFilled - 1);
    const ofCategories = (between - within) / rowsPerCategory;
    return ofCategories > 0 ? Math.min(100, Math.max(5, within / ofCategories)) : 100;
  };
  const prior = fixed?.prior ?? estimate();
  return weights.map((weight, i) => {
    if (!(weight > 0)) return mean;
    const rows = weight / unit;
    const noise = (spread * deviate(i) * (fixed?.damping(rows) ?? 1)) / Math.sqrt(rows + prior + 1);
    return (said[i]! / unit + prior * mean) / (rows + prior) + noise;
  });
}

/** Near enough to a normal deviate: four uniform ones, added up, have variance 1/3. Closes over nothing but its argument. */
export function deviateOf(draw: (place: number) => number, i: number): number {
  const place = 512 + 4 * i;
  return Math.sqrt(3) * ((draw(place) + draw(place + 1) + draw(place + 2) + draw(place + 3)) / 4294967296 - 2);
}
