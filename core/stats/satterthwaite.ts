/** A variance, and the degrees of freedom of its estimate. */
interface Variance {
  readonly variance: number;
  readonly df: number;
}

/**
 * Degrees of freedom of a sum of variances (Satterthwaite 1946): its own of one that is alone. If all variances are 0, the largest `df`, at
 * least 1.
 */
export function satterthwaiteDf(parts: readonly Variance[]): number {
  const moving = parts.filter(({ variance }) => variance > 0);
  if (moving.length === 1) return moving[0]!.df;
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  const bottom = parts.reduce((sum, { variance, df }) => sum + (variance > 0 ? (variance * variance) / df : 0), 0);
  return bottom > 0 ? (total * total) / bottom : Math.max(1, ...parts.map(({ df }) => df));
}
