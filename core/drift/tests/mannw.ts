import { normalCdf } from '../../stats/distributions.ts';
import { defineDriftTest, type NumericSamples } from './drift-test.ts';
import { visitValues } from './two-samples.ts';

/** As in scipy, the p-value is exact where a table has so few values, none equal to another. */
const FEW = 8;
/** Of more pairs the exact distribution would take seconds, and a normal one is as good. */
const MOST_PAIRS = 1e5;

/**
 * `scipy.stats.mannwhitneyu`, two-sided: whether the values of one table tend to be larger. The statistic is |U/(n·m) − ½|, by how much the
 * chance that a current value is larger than a reference value differs from a half. (Evidently's test is one-sided, and does not
 * see values that become smaller.)
 */
export const mannw = defineDriftTest({
  id: 'mannw',
  name: 'Mann–Whitney',
  summary: 'Mann–Whitney: the p-value of the chance, apart from a half, that a current value is the larger one',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare(samples) {
    const [n, m] = [samples.reference.length, samples.current.length];
    const { u, ties } = countOf(samples);
    const larger = Math.max(u, n * m - u);
    const statistic = larger / (n * m) - 0.5;
    if (ties === 0 && Math.min(n, m) <= FEW && n * m <= MOST_PAIRS)
      return { statistic, pValue: Math.min(1, 2 * exactTail(n * m - larger, n, m)) };
    const rows = n + m;
    const variance = ((n * m) / 12) * (rows + 1 - ties / (rows * (rows - 1)));
    // All values are equal.
    if (!(variance > 0)) return { statistic, pValue: 1 };
    const z = (larger - (n * m) / 2 - 0.5) / Math.sqrt(variance);
    return { statistic, pValue: Math.min(1, 2 * normalCdf(-z)) };
  },
});

/** U of the reference, and Σ t³ − t over groups of t equal values. */
function countOf(samples: NumericSamples): { readonly u: number; readonly ties: number } {
  let [u, ties] = [0, 0];
  visitValues(samples, (_value, _below, currentBelow, equal, currentEqual) => {
    u += equal * (currentBelow + currentEqual / 2);
    const t = equal + currentEqual;
    ties += t * (t * t - 1);
  });
  return { u, ties };
}

/**
 * P(U ≤ u) of samples without ties. The orders with U = u are the coefficients of the Gaussian binomial coefficient, a product of
 * (1 − q^(m + i)) / (1 − q^i); whole numbers of any size keep them exact.
 */
function exactTail(u: number, n: number, m: number): number {
  const [few, many] = [Math.min(n, m), Math.max(n, m)];
  const counts = new Array<bigint>(u + 1).fill(0n);
  counts[0] = 1n;
  let all = 1n;
  for (let i = 1; i <= few; i++) {
    for (let k = u; k >= many + i; k--) counts[k]! -= counts[k - many - i]!;
    for (let k = i; k <= u; k++) counts[k]! += counts[k - i]!;
    all = (all * BigInt(many + i)) / BigInt(i);
  }
  return Number(counts.reduce((sum, count) => sum + count, 0n)) / Number(all);
}
