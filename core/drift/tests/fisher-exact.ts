import { logFactorials } from '../../random/hypergeometric.ts';
import { exp } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';

/** Tables of equal chance differ by rounding. */
const ROUNDING = 1 + 1e-14;

/** `scipy.stats.fisher_exact`, two-sided: the chance of all tables with these sums that are no more likely than this one. */
export const fisherExact = defineDriftTest({
  id: 'fisher_exact',
  name: 'Fisher’s exact test',
  summary:
    'Fisher’s exact test, for columns of two categories: exact however few the rows; the statistic is the difference of the shares',
  kind: 'p_value',
  columnKinds: ['categorical'],
  categories: 2,
  threshold: 0.01,
  compare({ reference, current }) {
    const [n, m] = [reference[0]! + reference[1]!, current[0]! + current[1]!];
    const statistic = Math.abs(reference[0]! / n - current[0]! / m);
    return { statistic, pValue: twoSided(reference[0]!, { n, m, first: reference[0]! + current[0]! }) };
  },
});

/** @param first how many rows of both tables have the first category. */
function twoSided(
  observed: number,
  { n, m, first }: { readonly n: number; readonly m: number; readonly first: number },
) {
  const logs = logFactorials(n + m);
  const choose = (of: number, k: number) => logs[of]! - logs[k]! - logs[of - k]!;
  const logChance = (k: number) => choose(n, k) + choose(m, first - k) - choose(n + m, first);
  const own = exp(logChance(observed)) * ROUNDING;
  let sum = 0;
  for (let k = Math.max(0, first - m); k <= Math.min(n, first); k++) {
    const chance = exp(logChance(k));
    if (chance <= own) sum += chance;
  }
  return Math.min(1, sum);
}
