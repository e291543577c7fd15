import { defineDriftTest } from './drift-test.ts';
import { sharesOf } from './shares.ts';

/** ½ Σ |r − c|: the share of rows that would have to get another category. */
export const tvd = defineDriftTest({
  id: 'tvd',
  name: 'total variation',
  summary: 'total variation distance: the share of rows that would need another category',
  kind: 'distance',
  columnKinds: ['categorical'],
  threshold: 0.1,
  compare(samples) {
    const { reference, current } = sharesOf(samples);
    return { statistic: reference.reduce((sum, share, k) => sum + Math.abs(share - current[k]!), 0) / 2, pValue: null };
  },
});
