import { chiSquareSurvival } from '../../stats/chi-square.ts';
import { log } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';

/**
 * `scipy.stats.chi2_contingency(correction=False, lambda_='log-likelihood')` of the table of counts. (Evidently's compares counts of tables
 * of different sizes as they are, and raises an error.)
 */
export const gTest = defineDriftTest({
  id: 'g_test',
  name: 'G-test',
  summary: 'G-test of homogeneity: the p-value of the likelihood ratio between one distribution of categories and two',
  kind: 'p_value',
  columnKinds: ['categorical'],
  threshold: 0.01,
  compare({ reference, current }) {
    const [n, m] = [total(reference), total(current)];
    let ratio = 0;
    for (let k = 0; k < reference.length; k++) {
      const expected = (reference[k]! + current[k]!) / (n + m);
      ratio += logRatio(reference[k]!, expected * n) + logRatio(current[k]!, expected * m);
    }
    const statistic = Math.max(0, 2 * ratio);
    return { statistic, pValue: chiSquareSurvival(statistic, reference.length - 1) };
  },
});

function logRatio(count: number, expected: number): number {
  return count === 0 ? 0 : count * log(count / expected);
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
