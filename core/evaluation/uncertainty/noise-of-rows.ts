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
 * before they are squared: the sandwich estimator for clusters (Liang & Zeger 1986), with G/(G − 1) for G clusters. Null where
 * there is one cluster alone, which tells nothing of how clusters differ.
 */
export function rowDeviations(influence: Float64Array, clusters: Uint32Array | null): Float64Array | null {
  if (!clusters) return influence;
  const ids = [...new Set(clusters)].sort((a, b) => a - b);
  const g = ids.length;
  if (g < 2) return null;
  const place = new Map(ids.map((id, i) => [id, i]));
  const scale = (g / influence.length) * Math.sqrt(g / (g - 1));
  const deviations = new Float64Array(g);
  for (const [row, moved] of influence.entries()) deviations[place.get(clusters[row]!)!]! += scale * moved;
  return deviations;
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

/** Of `standardError`: rows, or what the metric counts instead (the rarest class), or clusters, whichever is fewest. At least 1. */
export function degreesOfFreedom(metric: Metric, target: Float64Array, clusters: Uint32Array | null): number {
  const ofRows = metric.degreesOfFreedom?.(target) ?? Math.max(1, target.length - 1);
  return clusters ? Math.min(ofRows, clusterDf(clusters)) : ofRows;
}
