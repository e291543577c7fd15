import { log } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';
import { sharesOf } from './shares.ts';

/** Stands for an empty bin, whose logarithm would be infinite. */
const EMPTY = 0.0001;

/** Σ (r − c) · ln(r / c) over the bins, with empty ones filled as Evidently does. */
export const psi = defineDriftTest({
  id: 'psi',
  name: 'PSI',
  summary: 'population stability index of the shares of categories, or of ranges of numbers',
  kind: 'distance',
  columnKinds: ['numeric', 'categorical'],
  threshold: 0.1,
  compare(samples) {
    const [reference, current] = Object.values(sharesOf(samples)).map(filled) as [Float64Array, Float64Array];
    const statistic = reference.reduce((sum, share, k) => sum + (share - current[k]!) * log(share / current[k]!), 0);
    return { statistic, pValue: null };
  },
});

function filled(shares: Float64Array): Float64Array {
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const empty = smallest <= EMPTY ? smallest / 1e6 : EMPTY;
  return shares.map((share) => (share === 0 ? empty : share));
}
