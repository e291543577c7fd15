import { log } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';
import { filledShares } from './filled-shares.ts';
import { sharesOf } from './shares.ts';

/** Σ (r − c) · ln(r / c) over the bins, with empty ones filled as Evidently does. */
export const psi = defineDriftTest({
  id: 'psi',
  name: 'PSI',
  summary: 'population stability index of the shares of categories, or of ranges of numbers',
  kind: 'distance',
  columnKinds: ['numeric', 'categorical'],
  threshold: 0.1,
  compare(samples) {
    const shares = sharesOf(samples);
    const [reference, current] = [filledShares(shares.reference), filledShares(shares.current)];
    const statistic = reference.reduce((sum, share, k) => sum + (share - current[k]!) * log(share / current[k]!), 0);
    return { statistic, pValue: null };
  },
});
