import type { TreeEnsemble } from './tree-ensemble.ts';

/** The least rows of a node in a summary: so many, or a thousandth of the rows. */
const LEAST_ROWS = 20;
const LEAST_SHARE = 1 / 1000;

/**
 * The weight of training rows below which a split may count as a leaf where means over many rows are wanted. In a forest
 * that is grown to single rows that leaves a tenth to a fifth of the nodes, and changes a feature's mean |SHAP| by a hundredth of that of all features at most.
 */
export function leastCover({ roots, cover }: TreeEnsemble): number {
  let rows = 0;
  for (let tree = 0; tree + 1 < roots.length; tree++) rows = Math.max(rows, cover[roots[tree]!]!);
  return Math.max(LEAST_ROWS, rows * LEAST_SHARE);
}

/**
 * The same trees, in which a split of less than `least` training rows is a leaf that says the mean over these rows. The
 * ensemble itself where there is no such split.
 */
export function collapseNodes(ensemble: TreeEnsemble, least: number): TreeEnsemble {
  const { roots, feature, right, cover, width } = ensemble;
  if (!feature.some((f, node) => f >= 0 && cover[node]! < least)) return ensemble;
  const means = meansOfNodes(ensemble);
  /** Old places of the nodes that are kept. */
  const kept: number[] = [];
  const newRoots = [0];
  const newRight: number[] = [];
  const isLeaf = (node: number) => feature[node]! < 0 || cover[node]! < least;
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const root = roots[tree]!;
    const newRoot = kept.length;
    /** Nodes to come: their old places, and the split whose right child they are. */
    const waiting: { node: number; parent: number }[] = [{ node: root, parent: -1 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const place = kept.length;
      if (next.parent >= 0) newRight[next.parent] = place - newRoot;
      kept.push(next.node);
      newRight.push(-1);
      if (isLeaf(next.node)) continue;
      waiting.push({ node: root + right[next.node]!, parent: place }, { node: next.node + 1, parent: -1 });
    }
    newRoots.push(kept.length);
  }
  let nLeaves = 0;
  const values = new Float64Array(kept.length * width);
  for (const [place, node] of kept.entries()) {
    if (!isLeaf(node)) continue;
    values.set(means.subarray(node * width, (node + 1) * width), nLeaves * width);
    newRight[place] = nLeaves++;
  }
  return {
    ...ensemble,
    roots: Int32Array.from(newRoots),
    feature: Int32Array.from(kept, (node) => (isLeaf(node) ? -1 : feature[node]!)),
    bin: Uint8Array.from(kept, (node) => ensemble.bin[node]!),
    right: Int32Array.from(newRight),
    missingLeft: Uint8Array.from(kept, (node) => ensemble.missingLeft[node]!),
    set: Int32Array.from(kept, (node) => (isLeaf(node) ? -1 : ensemble.set[node]!)),
    cover: Float64Array.from(kept, (node) => cover[node]!),
    values: values.slice(0, nLeaves * width),
  };
}

/** nNodes × width: what the leaves below each node say, by their training rows. */
function meansOfNodes({ roots, feature, right, cover, values, width }: TreeEnsemble): Float64Array {
  const means = new Float64Array(feature.length * width);
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const root = roots[tree]!;
    // Children lie behind their parents.
    for (let node = roots[tree + 1]! - 1; node >= root; node--) {
      if (feature[node]! < 0) {
        means.set(values.subarray(right[node]! * width, (right[node]! + 1) * width), node * width);
        continue;
      }
      const [a, b] = [node + 1, root + right[node]!];
      const share = cover[a]! / (cover[a]! + cover[b]!);
      for (let k = 0; k < width; k++)
        means[node * width + k] = share * means[a * width + k]! + (1 - share) * means[b * width + k]!;
    }
  }
  return means;
}
