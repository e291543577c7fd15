import { square } from '../../stats/elementary.ts';
import type { PooledMetric } from './pooled-metric.ts';

/** Variance of a metric's mean over repeats that comes from the fit's own randomness, and its degrees of freedom. */
export interface SeedNoise {
  readonly variance: number;
  readonly df: number;
}

/**
 * Seed noise from repeats that differ only in their seed: within each fold the variance of the metric over the R repeats
 * (for two, half the squared difference), weighted by the square of the fold's weight, summed and divided by R since the
 * metric is a mean over them. Degrees of freedom after Satterthwaite (1946). Null for fewer than two repeats.
 */
export function seedNoise(repeats: readonly PooledMetric[]): SeedNoise | null {
  const r = repeats.length;
  if (r < 2) return null;
  let sum = 0;
  let squares = 0;
  for (const [fold, { weight }] of repeats[0]!.folds.entries()) {
    const values = repeats.map(({ folds }) => folds[fold]!.value);
    if (weight === 0 || values.some(Number.isNaN)) continue;
    const mean = values.reduce((total, value) => total + value, 0) / r;
    const part = (weight * weight * values.reduce((total, value) => total + square(value - mean), 0)) / (r - 1);
    sum += part;
    squares += part * part;
  }
  return { variance: sum / r, df: squares > 0 ? ((r - 1) * sum * sum) / squares : r - 1 };
}
