import { square } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';

/**
 * `scipy.stats.wasserstein_distance`, divided by the standard deviation of the reference (n in the denominator), so that it has no unit.
 * Infinite for a reference without spread and a current table with another value.
 */
export const wasserstein = defineDriftTest({
  id: 'wasserstein',
  summary: 'Wasserstein distance in standard deviations of the reference: how far values have to move, on average',
  kind: 'distance',
  columnKinds: ['numeric'],
  threshold: 0.1,
  unit: 'sd',
  compare({ reference, current }) {
    const moved = earthMoved(reference, current);
    return { statistic: moved === 0 ? 0 : moved / deviation(reference), pValue: null };
  },
});

/** The area between the empirical distribution functions of two ascending samples. */
export function earthMoved(a: Float64Array, b: Float64Array): number {
  let [i, j, area] = [0, 0, 0];
  let before = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    area += Math.abs(i / a.length - j / b.length) * (value - before);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    before = value;
  }
  return area;
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / values.length);
}
