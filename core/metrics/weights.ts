import type { MetricInput } from './metric.ts';

/** Sum of the rows' weights; the number of rows when they have none. */
export function totalWeight({ target, weights }: MetricInput): number {
  return weights ? weights.reduce((sum, weight) => sum + weight, 0) : target.length;
}

/** Weighted mean of a value per row; NaN without weight. */
export function weightedMean(input: MetricInput, value: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < input.target.length; row++) {
    const weight = input.weights?.[row] ?? 1;
    sum += weight * value(row);
    total += weight;
  }
  return total > 0 ? sum / total : Number.NaN;
}

/** Influence of each row on a weighted mean: its distance from the mean, for `rows` of equal weight. */
export function influenceOnMean(input: MetricInput, value: (row: number) => number): Float64Array {
  const mean = weightedMean(input, value);
  const scale = input.target.length / totalWeight(input);
  return input.target.map((_, row) => scale * (value(row) - mean));
}
