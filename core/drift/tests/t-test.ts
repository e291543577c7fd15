import { square } from '../../stats/elementary.ts';
import { studentTSurvival } from '../../stats/student-t.ts';
import { defineDriftTest } from './drift-test.ts';

/** `scipy.stats.ttest_ind`: Student's test of equal means, with one variance for both tables, two-sided. */
export const tTest = defineDriftTest({
  id: 't_test',
  name: 't-test',
  summary: 'Student’s t-test of equal means; it does not see a change of the spread',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare({ reference, current }) {
    const [n, m] = [reference.length, current.length];
    const [before, after] = [momentsOf(reference), momentsOf(current)];
    const apart = Math.abs(before.mean - after.mean);
    if (apart === 0 || n + m < 3) return { statistic: 0, pValue: 1 };
    const error = Math.sqrt(((before.squares + after.squares) / (n + m - 2)) * (1 / n + 1 / m));
    const statistic = Math.min(apart / error, Number.MAX_VALUE);
    // Numbers near the ends of what a number can be overflow: then nothing is known.
    if (Number.isNaN(statistic)) return { statistic: 0, pValue: 1 };
    return { statistic, pValue: Math.min(1, 2 * studentTSurvival(statistic, n + m - 2)) };
  },
});

function momentsOf(values: Float64Array): { readonly mean: number; readonly squares: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return { mean, squares: values.reduce((sum, value) => sum + square(value - mean), 0) };
}
