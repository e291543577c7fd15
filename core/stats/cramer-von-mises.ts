import { exp, square } from './elementary.ts';
import { greatestDivisor } from './greatest-divisor.ts';
import { logGamma } from './student-t.ts';

/** Terms are summed until one is smaller. */
const SMALL = 1e-17;

/**
 * The p-value of the two-sample Cramér–von Mises statistic for many values (`scipy.stats.cramervonmises_2samp(method='asymptotic')`): T is brought to
 * the mean and variance of its limit (Anderson 1962). Absolute error about 1e-7 beside scipy, which ends its series there.
 */
export function cramerVonMisesP(t: number, n: number, m: number): number {
  const rows = n + m;
  const mean = (1 + 1 / rows) / 6;
  const scaled = 1 / 6 + (t - mean) / Math.sqrt(45 * varianceOf(n, m));
  return scaled < 0.003 ? 1 : Math.min(1, Math.max(0, 1 - limitCdf(scaled)));
}

function varianceOf(n: number, m: number): number {
  const [k, rows] = [n * m, n + m];
  return ((rows + 1) * (4 * k * rows - 3 * (n * n + m * m) - 2 * k)) / (45 * rows * rows * 4 * k);
}

/** The limit's distribution function (Csörgő & Faraway 1996, equation 1.2). */
function limitCdf(x: number): number {
  let sum = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const term =
      (exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x))) * Math.sqrt(y) * besselK(q);
    sum += term;
    if (term < SMALL) return sum;
  }
}

/** e^(−q)·K_¼(q): ∫ exp(−q (1 + cosh t)) cosh(t/4) dt from 0. The trapezoid rule of such a function is exact to its last digits. */
function besselK(q: number): number {
  const step = 1 / 32;
  let sum = 0.5 * exp(-2 * q);
  for (let i = 1; ; i++) {
    const t = i * step;
    const term = exp(-q * (1 + cosh(t))) * cosh(t / 4);
    sum += term;
    if (term <= sum * 1e-18) return sum * step;
  }
}

function cosh(t: number): number {
  return (exp(t) + exp(-t)) / 2;
}

/**
 * The exact p-value for few values without ties (`method='exact'`; Xiao, Gordon & Yakovlev 2006): the share of all orders of n and m values whose
 * statistic is at least as large.
 *
 * @param u n Σ (rank − i)² + m Σ (rank − j)².
 */
export function exactCramerVonMisesP(u: number, n: number, m: number): number {
  const common = (n * m) / greatestDivisor(n, m);
  const [a, b] = [common / n, common / m];
  const pairs = n * m;
  const least = Math.floor((square(common) * (n + m) * (6 * u - pairs * (4 * pairs - 1))) / (6 * square(pairs)));
  let row: Orders[] = [];
  for (let j = 0; j <= m; j++) {
    const next: Orders[] = [];
    for (let i = 0; i <= n; i++) {
      const before = i === 0 && j === 0 ? START : merged(i > 0 ? next[i - 1]! : NONE, j > 0 ? row[i]! : NONE);
      const own = square(a * i - b * j);
      next.push({ sums: before.sums.map((sum) => sum + own), counts: before.counts });
    }
    row = next;
  }
  let [extreme, all] = [0, 0];
  const { sums, counts } = row[n]!;
  for (const [k, count] of counts.entries()) {
    all += count;
    if (sums[k]! >= least) extreme += count;
  }
  return extreme / all;
}

/** How many orders of the first i and j values have which sum of squares, in ascending order of the sums. */
interface Orders {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

const NONE: Orders = { sums: new Float64Array(0), counts: new Float64Array(0) };
const START: Orders = { sums: Float64Array.of(0), counts: Float64Array.of(1) };

function merged(one: Orders, other: Orders): Orders {
  const most = one.sums.length + other.sums.length;
  const [sums, counts] = [new Float64Array(most), new Float64Array(most)];
  let [i, j, at] = [0, 0, 0];
  for (; i < one.sums.length || j < other.sums.length; at++) {
    const sum = Math.min(one.sums[i] ?? Number.POSITIVE_INFINITY, other.sums[j] ?? Number.POSITIVE_INFINITY);
    sums[at] = sum;
    if (one.sums[i] === sum) counts[at]! += one.counts[i++]!;
    if (other.sums[j] === sum) counts[at]! += other.counts[j++]!;
  }
  return { sums: sums.subarray(0, at), counts: counts.subarray(0, at) };
}
