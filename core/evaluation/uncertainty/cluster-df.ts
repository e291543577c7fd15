import { square } from '../../stats/elementary.ts';

/**
 * Degrees of freedom of a standard error whose rows come in clusters, at least 1: G − 1 for G clusters, and where their sizes n_g
 * differ at most (Σ n_g)²/Σ n_g² − 1, since a few large ones then make most of it (Kish 1965). Both are G − 1 for equal sizes.
 *
 * @param clusters nSamples.
 */
export function clusterDf(clusters: Uint32Array): number {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const squares = [...sizes.values()].reduce((sum, size) => sum + square(size), 0);
  return Math.max(1, Math.min(sizes.size - 1, square(clusters.length) / squares - 1));
}
