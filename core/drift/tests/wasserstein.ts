import { defineDriftTest, type NumericSamples } from './drift-test.ts';
import { spread } from './spread.ts';
import { visitValues } from './two-samples.ts';

/**
 * `scipy.stats.wasserstein_distance`, divided by the spread of the reference, so that it has no unit. The largest number for a reference
 * without spread and a current table with another value.
 */
export const wasserstein = defineDriftTest({
  id: 'wasserstein',
  name: 'Wasserstein',
  summary: 'Wasserstein distance in standard deviations of the reference: how far values moved, on average',
  kind: 'distance',
  columnKinds: ['numeric'],
  threshold: 0.1,
  unit: 'sd',
  compare(samples) {
    const moved = areaBetween(samples, (apart) => apart);
    const distance = moved === 0 ? 0 : moved / spread(samples.reference);
    // Numbers near the ends of what a number can be overflow.
    return { statistic: Number.isFinite(distance) ? distance : Number.MAX_VALUE, pValue: null };
  },
});

/** ∫ of a function of the distance |F − G| between the empirical distribution functions of two samples. */
export function areaBetween(samples: NumericSamples, of: (apart: number) => number): number {
  const [n, m] = [samples.reference.length, samples.current.length];
  let area = 0;
  let before = Math.min(samples.reference[0]!, samples.current[0]!);
  visitValues(samples, (value, below, currentBelow) => {
    area += of(Math.abs(below / n - currentBelow / m)) * (value - before);
    before = value;
  });
  return area;
}
