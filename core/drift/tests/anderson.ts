import { exp, square } from '../../stats/elementary.ts';
import { defineDriftTest, type NumericSamples } from './drift-test.ts';
import { visitValues } from './two-samples.ts';

/** The logarithm of the p-value as `scipy.stats.anderson_ksamp` interpolates it: a parabola through the critical values of two samples. */
const PARABOLA = [0.01819809457411147, -1.0082265644652515, -1.077770279820484] as const;
/** The critical value of .001; beyond it the parabola would rise again. */
const LAST_CRITICAL = 6.546;

/**
 * `scipy.stats.anderson_ksamp([reference, current])` with mean ranks; the statistic is 0 where it would be below. scipy's p-values end at .001 and .25.
 * Here they go on, so that a column among many can still be found: with the parabola for larger ones, and for smaller ones with its slope at
 * the end, which is the limit's, e^(−A²).
 */
export const anderson = defineDriftTest({
  id: 'anderson',
  name: 'Anderson–Darling',
  summary:
    'Anderson–Darling: the p-value of the difference between the distribution functions, with more weight at their ends',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare(samples) {
    if (tellsNothing(samples)) return { statistic: 0, pValue: 1 };
    const statistic = (squaredDistance(samples) - 1) / deviation(samples);
    return { statistic: Math.max(0, statistic), pValue: pValueOf(statistic) };
  },
});

/** The variance is not defined for fewer than four values, and equal ones are not apart. */
function tellsNothing({ reference, current }: NumericSamples): boolean {
  const isOneValue = [reference.at(-1), current[0], current.at(-1)].every((value) => value === reference[0]);
  return isOneValue || reference.length + current.length < 4;
}

function pValueOf(statistic: number): number {
  const [a, b, c] = PARABOLA;
  const logAt = (x: number) => (a * x + b) * x + c;
  if (statistic <= LAST_CRITICAL) return Math.min(1, exp(logAt(statistic)));
  const slope = 2 * a * LAST_CRITICAL + b;
  return exp(logAt(LAST_CRITICAL) + slope * (statistic - LAST_CRITICAL));
}

/** A²akN of Scholz & Stephens 1987, "K-sample Anderson–Darling tests", equation 7. */
function squaredDistance(samples: NumericSamples): number {
  const [n, m] = [samples.reference.length, samples.current.length];
  const rows = n + m;
  let sum = 0;
  visitValues(samples, (_, below, currentBelow, equal, currentEqual) => {
    const here = equal + currentEqual;
    const before = below + currentBelow + here / 2;
    const weight = here / rows / (before * (rows - before) - (rows * here) / 4);
    sum += (weight * square(rows * (below + equal / 2) - before * n)) / n;
    sum += (weight * square(rows * (currentBelow + currentEqual / 2) - before * m)) / m;
  });
  return (sum * (rows - 1)) / rows;
}

/** The standard deviation of A²N of two samples, ibid. equation 4. */
function deviation({ reference, current }: NumericSamples): number {
  const rows = reference.length + current.length;
  const inverse = 1 / reference.length + 1 / current.length;
  let [harmonic, nested] = [0, 0];
  for (let i = rows - 1; i > 1; i--) {
    harmonic += 1 / i;
    nested += harmonic / (rows + 1 - i);
  }
  const h = harmonic + 1;
  const a = 4 * nested - 6 + (10 - 6 * nested) * inverse;
  const b = (2 * nested - 4) * 4 + 16 * h + (2 * nested - 14 * h - 4) * inverse - 8 * h + 4 * nested - 6;
  const c = (6 * h + 2 * nested - 2) * 4 + (4 * h - 4 * nested + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  const variance = (((a * rows + b) * rows + c) * rows + d) / ((rows - 1) * (rows - 2) * (rows - 3));
  return Math.sqrt(variance);
}
