import { kolmogorovSmirnovP } from '../../stats/kolmogorov-smirnov.ts';
import { defineDriftTest } from './drift-test.ts';

/** `scipy.stats.ks_2samp`: its p-value is exact for values without ties, and too large with them. */
export const ks = defineDriftTest({
  id: 'ks',
  name: 'Kolmogorov–Smirnov',
  summary: 'Kolmogorov–Smirnov: the p-value of the largest difference between the distribution functions',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare({ reference, current }) {
    const statistic = largestDifference(reference, current);
    return { statistic, pValue: kolmogorovSmirnovP(statistic, reference.length, current.length).pValue };
  },
});

/** The largest difference between the empirical distribution functions of two ascending samples. */
function largestDifference(a: Float64Array, b: Float64Array): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
