import { normalCdf, normalQuantile } from './distributions.ts';
import { exp, log, log1p } from './elementary.ts';

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const MANY = 1e5;
const HALF_LOG_TWO_PI = 0.91893853320467274178;

/** log Γ(x) for x > 0 (`scipy.special.gammaln`; Lanczos with g = 7), relative error about 1e-14. */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - log(x);
  const z = x - 1;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return HALF_LOG_TWO_PI + (z + 0.5) * log(t) - t + log(sum);
}

/** The regularised incomplete beta function I_x(a, b) (`scipy.special.betainc`), a, b > 0, x in [0, 1]. */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** Lentz's evaluation of the continued fraction (Numerical Recipes §6.4). */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-15) return h;
  }
  return h;
}

/** P(T > t) for Student's t (`scipy.stats.t.sf`); df > 0 need not be whole and may be infinite. NaN for a NaN or df ≤ 0. */
export function studentTSurvival(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (!Number.isFinite(t)) return t > 0 ? 0 : 1;
  const square = t * t;
  // The logarithms of the beta function cancel here; one term of the expansion around the normal is exact to 1/df².
  if (df > MANY) return normalCdf(-t * (1 - (square + 1) / (4 * df)));
  const tail =
    square < 1
      ? 0.5 * (1 - regularizedBeta(square / (df + square), 0.5, df / 2))
      : 0.5 * regularizedBeta(df / (df + square), df / 2, 0.5);
  return t >= 0 ? tail : 1 - tail;
}

/**
 * The quantile of Student's t (`scipy.stats.t.ppf`), relative error about 1e-9.
 * @param p in [0, 1]: 0 gives −∞, 1 gives ∞, anything outside NaN.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, df);
  const tail = 1 - p;
  let low = 0;
  let high = Math.max(2, 2 * normalQuantile(p));
  while (studentTSurvival(high, df) > tail) {
    low = high;
    high *= 2;
    if (high > 1e300) return high;
  }
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = low + (high - low) / 2;
    if (studentTSurvival(middle, df) > tail) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
