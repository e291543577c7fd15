/** A variance, and the degrees of freedom of its estimate. */
interface Variance {
  readonly variance: number;
  readonly df: number;
}

/**
 * Degrees of freedom of a sum of variances (Satterthwaite 1946): its own of one that is alone. If all variances are 0, the largest `df`, at
 * least 1. The unit of the variances does not matter.
 */
export function satterthwaiteDf(parts: readonly Variance[]): number {
  const largest = Math.max(0, ...parts.map(({ variance }) => variance));
  if (largest > 0 && largest < Number.POSITIVE_INFINITY && !isPlain(largest))
    return satterthwaiteDf(parts.map(({ variance, df }) => ({ variance: variance / largest, df })));
  const moving = parts.filter(({ variance }) => variance > 0);
  if (moving.length === 1) return moving[0]!.df;
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  const bottom = parts.reduce((sum, { variance, df }) => sum + (variance > 0 ? (variance * variance) / df : 0), 0);
  return bottom > 0 ? (total * total) / bottom : Math.max(1, ...parts.map(({ df }) => df));
}

/** Whether the square of a variance, and of one that is far smaller, is still a normal double. */
function isPlain(variance: number): boolean {
  return variance > 1e-100 && variance < 1e100;
}
