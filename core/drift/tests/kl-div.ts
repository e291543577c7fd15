import { log } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';
import { filledShares } from './filled-shares.ts';
import { sharesOf } from './shares.ts';

/** `scipy.stats.entropy(reference, current)`: Σ r · ln(r / c) over the bins, with empty ones filled as Evidently does. */
export const klDiv = defineDriftTest({
  id: 'kl_div',
  name: 'Kullback–Leibler',
  summary:
    'Kullback–Leibler divergence of the reference from the current shares of categories, or of ranges of numbers',
  kind: 'distance',
  columnKinds: ['numeric', 'categorical'],
  threshold: 0.1,
  compare(samples) {
    const shares = sharesOf(samples);
    const [reference, current] = [ofOne(filledShares(shares.reference)), ofOne(filledShares(shares.current))];
    const statistic = reference.reduce((sum, share, k) => sum + share * log(share / current[k]!), 0);
    // Never below 0 but for rounding.
    return { statistic: Math.max(0, statistic), pValue: null };
  },
});

function ofOne(filled: Float64Array): Float64Array {
  const sum = filled.reduce((total, share) => total + share, 0);
  return filled.map((share) => share / sum);
}
