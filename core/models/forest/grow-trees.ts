import type { ForestKernel } from '../../kernels/forest/forest.wasm.ts';
import type { FunctionParts } from '../../ports/worker-pool.ts';
import type { CategorySums } from './category-sums.ts';
import type { ForestOptions } from './forest-input.ts';
import type { orderCategories } from './order-categories.ts';

/** What every thread is sent. Addresses are in the memory; 0 for a part that is absent. */
export interface TreeJob {
  readonly module: WebAssembly.Module<ForestKernel>;
  readonly memory: WebAssembly.Memory;
  readonly at: {
    readonly lines: number;
    readonly categorical: number;
    readonly values: number;
    readonly weights: number;
    readonly ends: number;
  };
  readonly nRows: number;
  readonly nFeatures: number;
  readonly lineBytes: number;
  readonly nOutputs: number;
  readonly isMulticlass: boolean;
  readonly options: ForestOptions;
  readonly categories: readonly { readonly feature: number; readonly sums: CategorySums }[];
  /** Weight of one row. */
  readonly unit: number;
}

/** What a thread is to do, and where it may write. */
interface TreeTask {
  readonly work: number;
  /** 256 bytes for each feature with categories. */
  readonly ranks: number;
  readonly from: number;
  readonly to: number;
}

interface TreeParts extends FunctionParts {
  readonly orderCategories: typeof orderCategories;
}

/** A tree in depth-first order, in the form of `TreeEnsemble`; `right` of a leaf counts the tree's own leaves. */
export interface GrownTree {
  readonly feature: Int32Array;
  readonly bin: Uint8Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** Place in `sets` of 8 words, or −1. */
  readonly set: Int32Array;
  readonly sets: Uint32Array;
  readonly cover: Float64Array;
  readonly values: Float64Array;
  /** nFeatures: what their splits gained. */
  readonly gains: Float64Array;
}

/** Grows the trees `from`…`to` − 1 of a forest. Closes over nothing, since it is sent to worker threads as text. */
export function growTrees(
  { module, memory, at, nRows, nFeatures, lineBytes, nOutputs, isMulticlass, options, categories, unit }: TreeJob,
  { work, ranks: ranksAt, from, to }: TreeTask,
  parts: TreeParts,
): GrownTree[] {
  const { exports: kernel } = new WebAssembly.Instance(module, { env: { memory } });
  const { buffer } = memory;
  kernel.layout(work, nRows, nRows, nFeatures, lineBytes, nOutputs, Number(isMulticlass));
  /** The bins of the lowest ranks, a bit each, and that of missing values if they go with them. */
  const membersUpTo = (own: Uint8Array, border: number, missing: number): Uint32Array => {
    const set = new Uint32Array(8);
    for (let bin = 0; bin < 256; bin++)
      if (bin === 255 ? missing === 1 : own[bin]! <= border) set[bin >> 5]! |= 1 << (bin & 31);
    return set;
  };
  const trees: GrownTree[] = [];
  for (let tree = from; tree < to; tree++) {
    const ranks = new Map<number, Uint8Array>();
    for (const [i, { feature, sums }] of categories.entries()) {
      const own = parts.orderCategories(sums, kernel.keyOf(options.seed, tree, feature), unit, options.bootstrap);
      ranks.set(feature, own);
      new Uint8Array(buffer, ranksAt + 256 * i, 256).set(own);
    }
    const n = kernel.grow(
      ...([
        at.lines,
        categories.length,
        at.categorical,
        ranksAt,
        at.values,
        at.weights,
        at.ends,
        options.seed,
        tree,
      ] as const),
      Number(options.bootstrap),
      ...([options.maxDepth, options.minSamplesSplit, options.minSamplesLeaf, options.maxFeatures] as const),
    );
    // A node's 24 bytes: see the kernel.
    const place = kernel.nodes() >>> 0;
    const words = new Int32Array(buffer, place, n * 6);
    const weights = new Float64Array(buffer, place, n * 3);
    const grown = {
      feature: new Int32Array(n),
      bin: new Uint8Array(n),
      right: new Int32Array(n),
      missingLeft: new Uint8Array(n),
      set: new Int32Array(n),
      cover: new Float64Array(n),
    };
    const sets: number[] = [];
    let nLeaves = 0;
    for (let i = 0; i < n; i++) {
      const word = 6 * i;
      const feature = words[word]!;
      const border = words[word + 1]!;
      grown.feature[i] = feature;
      grown.right[i] = words[word + 2]!;
      grown.missingLeft[i] = words[word + 3]!;
      grown.cover[i] = weights[3 * i + 2]!;
      grown.set[i] = -1;
      if (feature < 0) nLeaves++;
      const own = ranks.get(feature);
      if (own) {
        grown.set[i] = sets.length / 8;
        sets.push(...membersUpTo(own, border, words[word + 3]!));
      } else grown.bin[i] = border;
    }
    trees.push({
      ...grown,
      sets: Uint32Array.from(sets),
      values: new Float64Array(buffer, kernel.leaves() >>> 0, nLeaves * nOutputs).slice(),
      gains: new Float64Array(buffer, kernel.gains() >>> 0, nFeatures).slice(),
    });
  }
  return trees;
}
