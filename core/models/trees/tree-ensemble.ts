/**
 * Many decision trees, one after the other, each in depth-first order: a node's left child is the next node. A row goes
 * left when the bin of the node's feature is at most `bin` (numbers), or its bit is in the node's set (categories); a
 * missing value goes where `missingLeft` says.
 *
 * Node arrays are nNodes long; n = roots.at(-1).
 */
export interface TreeEnsemble {
  /** nTrees + 1: index of each tree's root, and the number of nodes at the end. */
  readonly roots: Int32Array;
  /** The feature that a node splits by; −1: a leaf. */
  readonly feature: Int32Array;
  /** Largest bin that goes left, of a split by numbers. */
  readonly bin: Uint8Array;
  /** Of a split its right child, counted from the tree's root; of a leaf its place among all leaves. */
  readonly right: Int32Array;
  /** 1: missing values go left. */
  readonly missingLeft: Uint8Array;
  /** Of a split by categories its set in `sets`, else −1. */
  readonly set: Int32Array;
  /** 8 words per set: a bit per bin, 1 for those that go left. */
  readonly sets: Uint32Array;
  /** Weight of the training rows that came through a node. */
  readonly cover: Float64Array;
  /** What leaves say: nLeaves × `width`. */
  readonly values: Float64Array;
  /** `nOutputs` where every tree speaks of every output (forests); 1 where tree t speaks of output t mod nOutputs (boosting). */
  readonly width: number;
  readonly nOutputs: number;
  /** nOutputs: what stands before the first tree. */
  readonly base: Float64Array;
  /** An output is its base plus the sum over its trees times this: 1 for boosting, 1/nTrees for the mean of a forest. */
  readonly scale: number;
  /** nFeatures: share of each feature in the gain of all splits; sums to 1, or all 0 without a split. */
  readonly importances: Float64Array;
}
