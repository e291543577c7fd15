import { StoreError } from '../../errors/app-error.ts';
import type { Features } from '../../preprocessing/features.ts';
import { denseColumns } from '../linear-algebra.ts';

/**
 * Decision trees over dense features, one after the other, each in depth-first order: a node's left child is the next
 * node. A row goes left when the value of the node's feature is below `threshold`. Node arrays are nNodes long;
 * nNodes = roots.at(-1).
 */
export interface ThresholdTrees {
  readonly kind: 'threshold_trees';
  readonly nFeatures: number;
  /** 1 for a value, nClasses for probabilities. */
  readonly nOutputs: number;
  /** nTrees + 1: index of each tree's root, and the number of nodes at the end. */
  readonly roots: Int32Array;
  /** The feature that a node splits by; −1: a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** Of a split its right child, counted from the tree's root; of a leaf its place among all leaves. */
  readonly right: Int32Array;
  /** nLeaves × nOutputs. */
  readonly values: Float64Array;
}

/**
 * The mean of what the trees say: nSamples × nOutputs.
 *
 * @throws StoreError when the trees know another number of features.
 */
export function predictThresholdTrees(trees: ThresholdTrees, features: Features): Float64Array {
  const { nFeatures, nOutputs, roots, feature, threshold, right, values } = trees;
  const columns = denseColumns(features);
  if (columns.length !== nFeatures) {
    throw new StoreError({ message: `the trees have ${nFeatures} features, the table ${columns.length}` });
  }
  const nTrees = roots.length - 1;
  const result = new Float64Array(features.nSamples * nOutputs);
  for (let tree = 0; tree < nTrees; tree++) {
    const root = roots[tree]!;
    for (let row = 0; row < features.nSamples; row++) {
      let node = root;
      for (let split = feature[node]!; split !== -1; split = feature[node]!)
        node = columns[split]![row]! < threshold[node]! ? node + 1 : root + right[node]!;
      for (let k = 0; k < nOutputs; k++) result[row * nOutputs + k]! += values[right[node]! * nOutputs + k]!;
    }
  }
  return result.map((sum) => sum / nTrees);
}
