import { normalCdf } from '../../stats/distributions.ts';
import { defineDriftTest } from './drift-test.ts';

/** The z-test of two proportions with a pooled variance, two-sided: `statsmodels.stats.proportion.proportions_ztest`. */
export const z = defineDriftTest({
  id: 'z',
  name: 'z-test',
  summary: 'z-test of two proportions, for columns of two categories',
  kind: 'p_value',
  columnKinds: ['categorical'],
  categories: 2,
  threshold: 0.01,
  compare({ reference, current }) {
    const [n, m] = [reference[0]! + reference[1]!, current[0]! + current[1]!];
    const pooled = (reference[0]! + current[0]!) / (n + m);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
    const statistic = Math.abs(reference[0]! / n - current[0]! / m) / error;
    return { statistic, pValue: 2 * normalCdf(-statistic) };
  },
});
