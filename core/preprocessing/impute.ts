import { quickselect } from 'simple-statistics';

/**
 * Median of the values that are not missing (NaN), like `numpy.nanmedian`: the mean of the middle two if their number is even.
 * 0 if all are missing.
 */
export function medianOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return 0;
  const middle = known.length >> 1;
  quickselect(known as unknown as number[], middle);
  const upper = known[middle]!;
  if (known.length % 2 === 1) return upper + 0;
  // Selection leaves the smaller half before the middle.
  const lower = known.subarray(0, middle).reduce((most, value) => Math.max(most, value));
  const sum = lower + upper;
  return (Number.isFinite(sum) ? sum / 2 : lower / 2 + upper / 2) + 0;
}

/** A copy with every missing value (NaN) replaced. */
export function fillMissing(values: Float64Array, fill: number): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? fill : value));
}

/** 1 where a value is missing (NaN), else 0. */
export function missingIndicator(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? 1 : 0));
}
