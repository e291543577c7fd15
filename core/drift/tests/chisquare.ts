import { chiSquareSurvival } from '../../stats/chi-square.ts';
import { square } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';

/** `scipy.stats.chi2_contingency(correction=False)` of the table of counts. */
export const chisquare = defineDriftTest({
  id: 'chisquare',
  name: 'chi-square',
  summary: 'chi-square test of homogeneity: the p-value of the difference between the shares of categories',
  kind: 'p_value',
  columnKinds: ['categorical'],
  threshold: 0.01,
  compare({ reference, current }) {
    const statistic = chiSquareStatistic(reference, current);
    return { statistic, pValue: chiSquareSurvival(statistic, reference.length - 1) };
  },
});

/** Σ (count − expected)² / expected over both tables: what is expected are the shares of both together. */
export function chiSquareStatistic(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let [n, m] = [0, 0];
  for (let k = 0; k < reference.length; k++) {
    n += reference[k]!;
    m += current[k]!;
  }
  let sum = 0;
  for (let k = 0; k < reference.length; k++) {
    const both = reference[k]! + current[k]!;
    const expected = (both * n) / (n + m);
    sum += square(reference[k]! - expected) * (1 / expected + 1 / (both - expected));
  }
  return sum;
}
