import { square } from './elementary.ts';

/** The mean; NaN of no values. */
function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation with n in the denominator (`numpy.std`); NaN of no values. */
export function standardDeviation(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / values.length);
}
