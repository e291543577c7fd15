import type { Metric } from '../../metrics/metric.ts';
import { square } from '../../stats/elementary.ts';
import { clusterDf } from './cluster-df.ts';

/**
 * The standard error that deviations stand for: √(Σ deviation²)/length. Also of differences and means of the deviations of
 * several metrics of the same rows, taken one by one.
 */
export function standardError(deviations: Float64Array): number {
  return Math.sqrt(deviations.reduce((sum, moved) => sum + square(moved), 0)) / deviations.length;
}

/**
 * Influences as deviations. Rows of one cluster (a group, a stretch of time) resemble each other, so their influences are summed
 * before they are squared: the sandwich estimator for clusters (Liang & Zeger 1986). The mean that influences are measured from follows a
 * large cluster, which hides what that does; dividing each sum by √(1 − n_g/n) makes up for it (CR2, Bell & McCaffrey 2002), and is
 * √(G/(G − 1)) for G equal clusters. Null where there is one cluster alone, which tells nothing of how clusters differ.
 */
export function rowDeviations(influence: Float64Array, clusters: Uint32Array | null): Float64Array | null {
  if (!clusters) return influence;
  const shares = clusterShares(clusters);
  const g = shares.size;
  if (g < 2) return null;
  const sums = new Map([...shares.keys()].map((id) => [id, 0]));
  for (const [row, moved] of influence.entries()) sums.set(clusters[row]!, sums.get(clusters[row]!)! + moved);
  const scale = g / influence.length;
  return Float64Array.from(sums, ([id, sum]) => (scale * sum) / Math.sqrt(1 - shares.get(id)!));
}

/** Which share of the rows each cluster has, in ascending order of their numbers. */
export function clusterShares(clusters: Uint32Array): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return new Map([...sizes].sort(([a], [b]) => a - b).map(([id, size]) => [id, size / clusters.length]));
}

/**
 * By how much influences that were measured from means within folds are too small, class by class: √(n / (n − f)) for n rows in
 * f folds. DeLong's own m − 1 for one fold; a sixth more for twenty rows in five. Null where a class has a single row in each
 * fold, which tells nothing of how its rows differ.
 *
 * @param targets of each fold.
 */
export function foldMeanScales(targets: readonly Float64Array[]): ReadonlyMap<number, number> | null {
  const counts = new Map<number, { rows: number; folds: number }>();
  for (const target of targets) {
    const here = new Map<number, number>();
    for (const label of target) here.set(label, (here.get(label) ?? 0) + 1);
    for (const [label, n] of here) {
      const { rows, folds } = counts.get(label) ?? { rows: 0, folds: 0 };
      counts.set(label, { rows: rows + n, folds: folds + 1 });
    }
  }
  if ([...counts.values()].some(({ rows, folds }) => rows === folds)) return null;
  return new Map([...counts].map(([label, { rows, folds }]) => [label, Math.sqrt(rows / (rows - folds))]));
}

/**
 * Of `standardError`: rows, or what the metric counts instead (the rarest class), or clusters, whichever is fewest. At least 1. Where the
 * rarest class counts, so do the clusters of each class on its own.
 */
export function degreesOfFreedom(metric: Metric, target: Float64Array, clusters: Uint32Array | null): number {
  if (!clusters) return metric.degreesOfFreedom?.(target) ?? Math.max(1, target.length - 1);
  if (!metric.degreesOfFreedom) return clusterDf(clusters);
  const ofClasses = [...new Set(target)].map((label) => clusterDf(clusters.filter((_, row) => target[row] === label)));
  return Math.min(metric.degreesOfFreedom(target), clusterDf(clusters), ...ofClasses);
}
