import { normalCdf } from '../core/stats/distributions.ts';

/** One pull request: how large its true drop is, and whether the rule caught it. */
export interface Trial {
  readonly x: number;
  readonly caught: boolean;
}

/** P(caught) = Φ(intercept + slope · x). */
export interface ProbitFit {
  readonly intercept: number;
  readonly slope: number;
  /** The covariance of both: [intercept, both, slope]. */
  readonly covariance: readonly [number, number, number];
}

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Probit regression by maximum likelihood (Fisher scoring; `statsmodels.Probit(caught, [1, x]).fit()`). Null where the
 * trials do not determine it: all caught, none caught, or parted by a single x.
 */
export function fitProbit(trials: readonly Trial[]): ProbitFit | null {
  const caught = trials.filter((trial) => trial.caught).length;
  if (caught === 0 || caught === trials.length) return null;
  let [intercept, slope] = [0, 0];
  for (let step = 0; step < 100; step++) {
    let [a, b, c, u, v] = [0, 0, 0, 0, 0];
    for (const { x, caught: hit } of trials) {
      const z = intercept + slope * x;
      const p = Math.min(1 - 1e-12, Math.max(1e-12, normalCdf(z)));
      const d = density(z);
      const weight = (d * d) / (p * (1 - p));
      const pull = (d * ((hit ? 1 : 0) - p)) / (p * (1 - p));
      a += weight;
      b += weight * x;
      c += weight * x * x;
      u += pull;
      v += pull * x;
    }
    const determinant = a * c - b * b;
    if (!(determinant > 1e-9)) return null;
    const [moveIntercept, moveSlope] = [(c * u - b * v) / determinant, (a * v - b * u) / determinant];
    // A step too far would leave the region where the likelihood is curved.
    const shorter = Math.min(1, 2 / Math.max(Math.abs(moveIntercept), Math.abs(moveSlope), 1e-300));
    intercept += shorter * moveIntercept;
    slope += shorter * moveSlope;
    if (Math.abs(moveIntercept) + Math.abs(moveSlope) < 1e-10)
      return { intercept, slope, covariance: [c / determinant, -b / determinant, a / determinant] };
  }
  return null;
}

/** The chance to be caught at x, with its 95 % interval. */
export function probitAt({ intercept, slope, covariance }: ProbitFit, x: number) {
  const z = intercept + slope * x;
  const [a, b, c] = covariance;
  const reach = 1.96 * Math.sqrt(a + 2 * b * x + c * x * x);
  return { chance: normalCdf(z), low: normalCdf(z - reach), high: normalCdf(z + reach) };
}
