import type { ForestData } from './forest-input.ts';

/** What the rows of each category, or bin of categories, say. */
export interface CategorySums {
  /** n: weight of the rows. */
  readonly weights: Float64Array;
  /** n × width: weighted sum of the targets, or the weight of each of three classes or more. */
  readonly sums: Float64Array;
  /** 1, or the number of classes. */
  readonly width: number;
  /** Weighted sum of the squared targets; unused of three classes or more. */
  readonly squares: number;
}

/** @param places per row its category; outside 0…n − 1: missing. */
export function categorySums(
  places: ArrayLike<number>,
  n: number,
  { values, weights: own, nClasses }: ForestData,
): CategorySums {
  const width = nClasses > 2 ? nClasses : 1;
  const weights = new Float64Array(n);
  const sums = new Float64Array(n * width);
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const place = places[row]!;
    if (place < 0 || place >= n) continue;
    const weight = own ? own[row]! : 1;
    const value = values[row]!;
    weights[place]! += weight;
    if (width > 1) sums[place * width + value]! += weight;
    else sums[place]! += weight * value;
    squares += weight * value * value;
  }
  return { weights, sums, width, squares };
}
