import { standardDeviation } from '../../stats/moments.ts';
import { quantile } from '../../stats/quantile.ts';
import { defineDriftTest } from './drift-test.ts';

/**
 * `scipy.stats.wasserstein_distance`, divided by the spread of the reference, so that it has no unit: the standard deviation (n in the
 * denominator), or a normal distribution's with the same quartiles where that is smaller. A few rows far out would hide any shift otherwise.
 * The largest number for a reference without spread and a current table with another value.
 */
export const wasserstein = defineDriftTest({
  id: 'wasserstein',
  name: 'Wasserstein',
  summary: 'Wasserstein distance in standard deviations of the reference: how far values moved, on average',
  kind: 'distance',
  columnKinds: ['numeric'],
  threshold: 0.1,
  unit: 'sd',
  compare({ reference, current }) {
    const moved = earthMoved(reference, current);
    const distance = moved === 0 ? 0 : moved / spread(reference);
    // Numbers near the ends of what a number can be overflow.
    return { statistic: Number.isFinite(distance) ? distance : Number.MAX_VALUE, pValue: null };
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

/** The distance between the quartiles of the standard normal distribution. */
const NORMAL_QUARTILES = 1.3489795003921634;

function spread(values: Float64Array): number {
  const quartiles = quantile(values, 0.75) - quantile(values, 0.25);
  const deviation = standardDeviation(values);
  return quartiles === 0 ? deviation : Math.min(deviation, quartiles / NORMAL_QUARTILES);
}
