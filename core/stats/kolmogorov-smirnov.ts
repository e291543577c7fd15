import { exp } from './elementary.ts';
import { greatestDivisor } from './greatest-divisor.ts';

/** Cells of the lattice that an exact p-value may take: less than a tenth of a second. Tables of 10,000 rows reach it only where p is 0. */
const MOST_CELLS = 2e7;

/**
 * The two-sided p-value of the two-sample Kolmogorov–Smirnov statistic: the chance of a largest difference of d or more between two samples
 * of one continuous distribution. With ties the true chance is smaller. `scipy.stats.ks_2samp(method='exact')`; where that would take too
 * long, Kolmogorov's limit, which is close there.
 *
 * @param d in [0, 1], a multiple of 1 / lcm(n, m).
 */
export function kolmogorovSmirnovP(
  d: number,
  n: number,
  m: number,
): { readonly pValue: number; readonly method: 'exact' | 'limit' } {
  const [more, fewer] = n >= m ? [n, m] : [m, n];
  const common = greatestDivisor(more, fewer);
  // The difference in steps of the lattice, on which all values of the statistic lie.
  const steps = Math.round(d * (more / common) * fewer);
  if (steps === 0) return { pValue: 1, method: 'exact' };
  if (n === m) return { pValue: clip(outsideSquare(n, steps / (n / common))), method: 'exact' };
  if (more * Math.min(fewer, 2 * d * fewer + 1) <= MOST_CELLS)
    return { pValue: clip(outside(more, fewer, common, steps)), method: 'exact' };
  return { pValue: kolmogorovLimit(d * Math.sqrt(n * (m / (n + m)))), method: 'limit' };
}

/** The share of paths through an n × n lattice that leave the band of this half width (Gnedenko & Korolyuk 1951). */
function outsideSquare(n: number, width: number): number {
  let share = 0;
  for (let k = Math.floor(n / width); k >= 0; k--) {
    let term = 1;
    for (let j = 0; j < width; j++) term = ((n - k * width - j) * term) / (n + k * width + j + 1);
    share = term * (1 - share);
  }
  return 2 * share;
}

/**
 * The same for any lattice (Hodges 1957): the share of paths from (0, 0) to (i, j) that have left the band, column by column. Shares do not
 * overflow, as counts of paths would.
 */
function outside(more: number, fewer: number, common: number, steps: number): number {
  const [across, up] = [more / common, fewer / common];
  const share = new Float64Array(fewer + 1).fill(1);
  const last = (i: number) => Math.min(Math.ceil((up * i + steps) / across), fewer + 1);
  share.fill(0, 0, last(0));
  for (let i = 1; i <= more; i++) {
    const from = Math.max(Math.floor((up * i - steps) / across) + 1, 0);
    const to = last(i);
    if (to <= from) return 1;
    let below = from === 0 ? 0 : 1;
    for (let j = from; j < to; j++) {
      below = (share[j]! * i + below * j) / (i + j);
      share[j] = below;
    }
  }
  return share[fewer]!;
}

/** P(K > x) of Kolmogorov's distribution (`scipy.special.kolmogorov`), for x where it is not close to 1. */
function kolmogorovLimit(x: number): number {
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17) return clip(2 * sum);
  }
  return 1;
}

function clip(p: number): number {
  return Math.min(1, Math.max(0, p));
}
