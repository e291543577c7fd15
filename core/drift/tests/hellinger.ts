import { square } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';
import { sharesOf } from './shares.ts';

/** √(1 − Σ √(r·c)) over the bins: 0 of equal shares, 1 where no bin has both. */
export const hellinger = defineDriftTest({
  id: 'hellinger',
  name: 'Hellinger',
  summary: 'Hellinger distance between the shares of categories, or of ranges of numbers',
  kind: 'distance',
  columnKinds: ['numeric', 'categorical'],
  threshold: 0.1,
  compare(samples) {
    const { reference, current } = sharesOf(samples);
    // Half the sum of (√r − √c)²: the same without the rounding of 1 − nearly 1.
    const apart = reference.reduce((sum, share, k) => sum + square(Math.sqrt(share) - Math.sqrt(current[k]!)), 0);
    return { statistic: Math.sqrt(apart / 2), pValue: null };
  },
});
