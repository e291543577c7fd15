import type { CartNode, CartOptions } from 'ml-cart';
import type { ThresholdTrees } from './threshold-trees.ts';

/** A tree of ml-cart: its root, and the feature behind each of its columns. */
export interface CartTree {
  readonly root: CartNode;
  readonly columns: readonly number[];
}

/**
 * Options of ml-cart under scikit-learn's names. ml-cart makes a leaf of `minNumSamples` rows or fewer, so the fewest rows
 * it splits are one more. It splits only for a gain above `gainThreshold`: 0.01 by default, for which a class of 0.5 % of
 * the rows is never found; and a regression's "gain" is the error that is left, so that at 0 a split that leaves none
 * is refused. At −1 every split that parts the rows is taken, as in scikit-learn.
 */
export function cartOptions(params: {
  readonly max_depth: number | null;
  readonly min_samples_split: number;
}): CartOptions {
  return {
    maxDepth: params.max_depth ?? Number.POSITIVE_INFINITY,
    minNumSamples: params.min_samples_split - 1,
    gainThreshold: -1,
  };
}

/**
 * What growing a tree takes, about: each of its thresholds is tried against all rows. Measured on 500 to 8,000 rows of 12
 * and 24 features, alone and in forests; with classes it was half of this where they were easy to tell apart, twice it with
 * five of them, and five times it where they were noise.
 */
export function secondsPerTree(nRows: number, nFeatures: number, nClasses: number): number {
  return (nClasses > 0 ? 3e-8 : 2e-8) * nRows * nRows * Math.max(1, nFeatures);
}

/** Shares of the classes at a leaf; ml-cart ends the list at the highest class there, and its sum may miss 1 by rounding. */
export function leafShares({ distribution }: CartNode, nClasses: number): number[] {
  const shares = typeof distribution === 'object' ? distribution.to1DArray() : [];
  const sum = shares.reduce((total, share) => total + share, 0);
  return Array.from({ length: nClasses }, (_, k) => (shares[k] ?? 0) / sum);
}

export function leafMean({ distribution }: CartNode): number[] {
  return [distribution as number];
}

/**
 * The tree, with the one split that ml-cart still refuses: of a regression a first split that leaves no error. Its 0 equals
 * the "gain of the parent" that a root starts with, which ml-cart takes for no progress. Both sides have one value each.
 */
export function withPerfectRoot(tree: CartTree, rows: readonly number[][], target: Float64Array): CartTree {
  const { root, columns } = tree;
  if (root.left || root.gain !== 0 || root.splitColumn === undefined) return tree;
  const column = columns[root.splitColumn]!;
  const below = target.filter((_, row) => rows[row]![column]! < root.splitValue!);
  const above = target.filter((_, row) => rows[row]![column]! >= root.splitValue!);
  return { columns, root: { ...root, left: { distribution: mean(below) }, right: { distribution: mean(above) } } };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Lays trees out in arrays; without recursion, so that no depth is too much. */
export function layTrees(
  trees: readonly CartTree[],
  shape: Pick<ThresholdTrees, 'nFeatures' | 'nOutputs'>,
  valuesOf: (leaf: CartNode) => readonly number[],
): ThresholdTrees {
  const roots = [0];
  const feature: number[] = [];
  const threshold: number[] = [];
  const right: number[] = [];
  const values: number[] = [];
  for (const { root, columns } of trees) {
    const start = feature.length;
    const waiting: { readonly node: CartNode; readonly rightOf?: number }[] = [{ node: root }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { node, rightOf } = next;
      const at = feature.length;
      if (rightOf !== undefined) right[rightOf] = at - start;
      if (node.left && node.right) {
        feature.push(columns[node.splitColumn!]!);
        threshold.push(node.splitValue!);
        right.push(0);
        waiting.push({ node: node.right, rightOf: at }, { node: node.left });
      } else {
        feature.push(-1);
        threshold.push(0);
        right.push(values.length / shape.nOutputs);
        values.push(...valuesOf(node));
      }
    }
    roots.push(feature.length);
  }
  return {
    kind: 'threshold_trees',
    ...shape,
    roots: Int32Array.from(roots),
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    right: Int32Array.from(right),
    values: Float64Array.from(values),
  };
}
