/**
 * A model that learned other features of the same groups errs for a whole group alike, also in groups that it never saw. The
 * few models of k folds show a part of this only. Half of what unrelated folds add keeps the promise of false alarms where it
 * was counted (docs/decisions/0039-groups-are-wider-than-rows.md).
 */
const UNRELATED_GROUPS = 0.5;

/**
 * How much more a difference varies than its rows tell, since their predictions come from a few models whose training rows
 * differ between the sides: 1 + k · n_test / n_train (Nadeau & Bengio 2003, "Inference for the generalization error") where
 * the folds have nothing to do with each other, 1 where they are the same, in between by the share of rows in another fold.
 * Of the rows in groups at least `UNRELATED_GROUPS` count as if they were in another fold.
 *
 * @param inGroups the share of rows that are not alone in their group.
 */
export function widening(before: Uint8Array, after: Uint8Array, inGroups: number): number {
  const k = new Set(before).size;
  if (k < 2) return 1;
  const moved = before.reduce((count, fold, i) => count + Number(fold !== after[i]), 0) / before.length;
  const unrelated = Math.min(1, moved / ((k - 1) / k));
  return 1 + Math.max(unrelated, UNRELATED_GROUPS * inGroups) * (k / (k - 1));
}

/** The share of rows whose cluster has others. */
export function sharedClusters(clusters: Uint32Array): number {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return clusters.reduce((count, cluster) => count + Number(sizes.get(cluster)! > 1), 0) / clusters.length;
}
