import { kolmogorovSmirnovP } from '../../stats/kolmogorov-smirnov.ts';
import { defineDriftTest, type NumericSamples } from './drift-test.ts';
import { visitValues } from './two-samples.ts';

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
  visitValues(samples, (_, below, currentBelow) => {
    largest = Math.max(largest, Math.abs(below / n - currentBelow / m));
  });
  return largest;
}
