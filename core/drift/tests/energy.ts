import { square } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';
import { spread } from './spread.ts';
import { areaBetween } from './wasserstein.ts';

/**
 * `scipy.stats.energy_distance`, √(2 ∫ (F − G)²), of values in standard deviations of the reference. (Evidently compares the distance in
 * the column's own unit with one threshold, so that euros drift and thousands of euros do not.)
 */
export const energy = defineDriftTest({
  id: 'energy',
  name: 'energy',
  summary: 'energy distance of values in standard deviations of the reference',
  kind: 'distance',
  columnKinds: ['numeric'],
  threshold: 0.1,
  compare(samples) {
    const area = areaBetween(samples, square);
    const distance = area === 0 ? 0 : Math.sqrt((2 * area) / spread(samples.reference));
    return { statistic: Number.isFinite(distance) ? distance : Number.MAX_VALUE, pValue: null };
  },
});
