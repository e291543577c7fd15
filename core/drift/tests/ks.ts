import { kolmogorovSmirnovP } from '../../stats/kolmogorov-smirnov.ts';
import { defineDriftTest, type NumericSamples } from './drift-test.ts';
import { sharedValues } from './two-samples.ts';

/** `scipy.stats.ks_2samp`: its p-value is exact for values without ties, and too large with them. */
export const ks = defineDriftTest({
  id: 'ks',
  name: 'Kolmogorov–Smirnov',
  summary: 'Kolmogorov–Smirnov: the p-value of the largest difference between the distribution functions',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare(samples) {
    const statistic = largestDifference(samples);
    return {
      statistic,
      pValue: kolmogorovSmirnovP(statistic, samples.reference.length, samples.current.length).pValue,
    };
  },
});

/** The largest difference between the empirical distribution functions of two samples. */
function largestDifference(samples: NumericSamples): number {
  const [n, m] = [samples.reference.length, samples.current.length];
  let largest = 0;
  for (const { below } of sharedValues(samples)) largest = Math.max(largest, Math.abs(below[0] / n - below[1] / m));
  return largest;
}
