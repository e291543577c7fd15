import { square } from './elementary.ts';

/** The mean; NaN of no values. */
export function meanOf(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The standard deviation with n in the denominator (`numpy.std`); NaN of no values. */
export function standardDeviation(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / values.length);
}
