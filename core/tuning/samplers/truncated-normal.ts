import { normalCdf, normalQuantile } from '../../stats/distributions.ts';

/** P(a < Z < b) of a standard normal, by the tail that is exact. */
export function normalMass(a: number, b: number): number {
  return a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
}

/**
 * The value below which a standard normal between a ≤ 0 and b ≥ 0 lies with this probability.
 *
 * @param p in [0, 1).
 */
export function truncatedNormalQuantile(p: number, a: number, b: number): number {
  const below = normalCdf(a);
  return Math.min(b, Math.max(a, normalQuantile(below + p * (normalCdf(b) - below))));
}
