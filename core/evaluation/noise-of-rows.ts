import type { Metric } from '../metrics/metric.ts';
import { square } from '../stats/elementary.ts';

/**
 * The standard error of a metric over rows: √(Σ influence²)/n. Rows of one cluster (a group, a stretch of time) resemble each
 * other, so their influences are summed before they are squared: the sandwich estimator for clusters (Liang & Zeger 1986), with
 * G/(G − 1) for G clusters. Infinite where there is one cluster alone, which tells nothing of how clusters differ.
 */
export function standardError(influence: Float64Array, clusters: Uint32Array | null): number {
  const n = influence.length;
  if (!clusters) return Math.sqrt(influence.reduce((sum, moved) => sum + square(moved), 0)) / n;
  const sums = new Map<number, number>();
  for (const [row, moved] of influence.entries()) sums.set(clusters[row]!, (sums.get(clusters[row]!) ?? 0) + moved);
  const g = sums.size;
  if (g < 2) return Number.POSITIVE_INFINITY;
  return Math.sqrt(([...sums.values()].reduce((sum, moved) => sum + square(moved), 0) * g) / (g - 1)) / n;
}

/** Of `standardError`: rows, or what the metric counts instead (the rarest class), or clusters less one, whichever is fewest. At least 1. */
export function degreesOfFreedom(metric: Metric, target: Float64Array, clusters: Uint32Array | null): number {
  const ofRows = metric.degreesOfFreedom?.(target) ?? Math.max(1, target.length - 1);
  return clusters ? Math.max(1, Math.min(ofRows, new Set(clusters).size - 1)) : ofRows;
}
