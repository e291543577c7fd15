import type * as bins from '../../kernels/bins.ts';
import type { BoostingKernel } from '../../kernels/boosting/boosting.wasm.ts';
import type * as boostingLayout from '../../kernels/boosting/layout.ts';

/** Whose derivatives the trees are fitted to. */
export type Loss = 'squared' | 'binary' | 'multiclass';

export interface BoostingSettings {
  readonly learningRate: number;
  /** Infinity: unlimited, as is `maxDepth`. */
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  /** nOutputs: least sum of hessians on a side of a split. */
  readonly minHessians: readonly number[];
  readonly l2: number;
  /** Features tried per split. */
  readonly maxFeatures: number;
  /** Share of the rows that each round learns from. */
  readonly subsample: number;
  readonly seed: number;
  /** Rounds to wait for a better loss on the rows held out; null: no early stopping. */
  readonly patience: { readonly rounds: number; readonly tolerance: number } | null;
}

/** Addresses in the shared memory; 0 for a part that is absent. */
interface BoostingPlaces {
  /** The barrier's three numbers. */
  readonly control: number;
  /** Bins, 16 features to a tile: nRows × 16 of each, the last as narrow as its features. */
  readonly tiles: number;
  /** Per feature its number of bins, kind and direction. */
  readonly features: number;
  /** Doubles, or a byte per row where it is a class. */
  readonly target: number;
  readonly weights: number;
  /** A byte per row: 0 for those held out of all rounds. */
  readonly learned: number;
  /** A byte per row: 0 for those left out of this round. */
  readonly used: number;
  /** A hash per row. */
  readonly keys: number;
  /** nOutputs × nRows. */
  readonly scores: number;
  /** nOutputs × nRows pairs of gradient and hessian. */
  readonly pairs: number;
  /** Row numbers, leaf by leaf, and room for those that go right. */
  readonly rows: number;
  readonly right: number;
  readonly histograms: number;
  /** Per thread: what it says to the others. */
  readonly exchange: number;
  /** Per thread: working memory of its own. */
  readonly own: number;
}

/** Addresses in a thread's own memory. */
interface OwnPlaces {
  /** A leaf for each place of histograms, and two that are just made. */
  readonly leaves: number;
  readonly made: number;
  /** A byte per feature, 0 for those not to be tried. */
  readonly allowed: number;
  /** A byte per bin. */
  readonly goesLeft: number;
  readonly scratch: number;
}

/** What every thread is sent. */
export interface BoostingJob {
  readonly module: WebAssembly.Module<BoostingKernel>;
  readonly memory: WebAssembly.Memory;
  /** Sizes and offsets of what is in the memory. */
  readonly layout: typeof bins & typeof boostingLayout;
  readonly at: BoostingPlaces;
  readonly own: OwnPlaces & { readonly bytes: number };
  readonly nThreads: number;
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nOutputs: number;
  readonly nHistograms: number;
  readonly loss: Loss;
  /** Per feature: 1 where the prediction must not fall along it, −1 where it must not rise, else 0. */
  readonly directions: readonly number[];
  /** Low bits of an entry's second number that count rows. */
  readonly countBits: number;
  /** What the largest gradient is scaled to, at most. */
  readonly mostGradient: number;
  /** Bound of |gradient|, where it does not depend on the residuals. */
  readonly largestGradient: number;
  /** Sum of the weights of the rows held out; 0: none are. */
  readonly heldOutWeight: number;
  /** A power of two. */
  readonly hessianScale: number;
  readonly settings: BoostingSettings;
}

/** One node of a tree in the order of growth, the root first. */
export interface GrownNode {
  /** −1: a leaf. */
  feature: number;
  bin: number;
  missingLeft: boolean;
  /** 8 words, a bit per bin that goes left; null unless it is a split by categories. */
  set: readonly number[] | null;
  /** Places of the children. */
  left: number;
  right: number;
  /** Training rows that came here. */
  readonly rows: number;
  /** What a leaf adds to the score. */
  value: number;
  gain: number;
}

/** What the parts of one thread's work have in common. */
export interface BoostingThread {
  readonly job: BoostingJob;
  readonly thread: number;
  readonly kernel: BoostingKernel;
  /** Returns when all threads have called it. */
  readonly barrier: () => void;
  /** Addresses of this thread's own memory. */
  readonly own: OwnPlaces;
  /** 32 bits from two numbers. */
  readonly hash: (a: number, b: number) => number;
}
