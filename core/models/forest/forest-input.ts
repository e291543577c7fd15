export interface ForestOptions {
  readonly nTrees: number;
  readonly seed: number;
  readonly bootstrap: boolean;
  /** −1: unlimited. */
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly maxFeatures: number;
}

/** What a forest is grown from: whole numbers, small enough that sums of them are exact in a double. */
export interface ForestData {
  /** nSamples: scaled targets, or the places of classes. */
  readonly values: Float64Array;
  /** nSamples; null: all 1. */
  readonly weights: Float64Array | null;
  /** nSamples: sums of whole numbers by which rows are drawn, up to and with each row; null: all are as likely. */
  readonly ends: Uint32Array | null;
  /** 0 for a regression. */
  readonly nClasses: number;
  /** Weight of one row. */
  readonly unit: number;
}
