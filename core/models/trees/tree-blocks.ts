import type { Feature } from '../../preprocessing/features.ts';

/** Trees in a kernel's memory. */
export interface TreeBlocks {
  /** Rows that it takes at most at a time. */
  readonly block: number;
  /** What the trees add up to for n rows, in the order of the trees: n × nOutputs, good until the next call. */
  sums(columns: readonly Feature[], n: number): Float64Array;
}
