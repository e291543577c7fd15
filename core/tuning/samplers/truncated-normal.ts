import { normalCdf, normalQuantile } from '../../stats/distributions.ts';

/** P(a < Z < b) of a standard normal, by the tail that is exact. */
export function normalMass(a: number, b: number): number {
  return a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
}

/**
 * A standard normal that is known to be between a ≤ 0 and b ≥ 0, by its quantiles.
 *
 * @returns the value below which it lies with probability p in [0, 1).
 */
export function truncatedNormal(a: number, b: number): (p: number) => number {
  const [below, above] = [normalCdf(a), normalCdf(b)];
  return (p) => Math.min(b, Math.max(a, normalQuantile(below + p * (above - below))));
}
