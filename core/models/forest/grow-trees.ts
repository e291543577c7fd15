import type * as bins from '../../kernels/bins.ts';
import type { ForestKernel } from '../../kernels/forest/forest.wasm.ts';
import type * as forestLayout from '../../kernels/forest/layout.ts';
import type { setParameters } from '../../kernels/set-parameters.ts';
import type { FunctionParts } from '../../ports/worker-pool.ts';
import type { CategorySums } from './category-sums.ts';
import type { ForestOptions } from './forest-input.ts';
import type { ForestShape, placeOwn, rowSizes } from './forest-memory.ts';
import type { OrderParts, orderCategories } from './order-categories.ts';

/** What every thread is sent. Addresses are in the memory; 0 for a part that is absent. */
export interface TreeJob {
  readonly module: WebAssembly.Module<ForestKernel>;
  readonly memory: WebAssembly.Memory;
  /** Sizes and offsets of what is in the memory. */
  readonly layout: typeof bins & typeof forestLayout;
  readonly at: {
    readonly lines: number;
    readonly categorical: number;
    readonly values: number;
    readonly weights: number;
    readonly ends: number;
  };
  readonly shape: ForestShape;
  readonly sizes: ReturnType<typeof rowSizes>;
  readonly options: ForestOptions;
  readonly categories: readonly { readonly feature: number; readonly sums: CategorySums }[];
  /** Weight of one row. */
  readonly unit: number;
}

/** What a thread is to do, and where it may write. */
interface TreeTask {
  readonly own: ReturnType<typeof placeOwn>['places'];
  readonly from: number;
  readonly to: number;
}

interface TreeParts extends FunctionParts, OrderParts {
  readonly orderCategories: typeof orderCategories;
  readonly setParameters: typeof setParameters;
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
  { module, memory, layout, at, shape, sizes, options, categories, unit }: TreeJob,
  { own, from, to }: TreeTask,
  parts: TreeParts,
): GrownTree[] {
  const { exports: kernel } = new WebAssembly.Instance(module, { env: { memory } });
  const { buffer } = memory;
  const view = new DataView(buffer);
  const { BINS, MISSING_BIN, SET_WORDS } = layout;
  const { NODE_BIN, NODE_BYTES, NODE_FEATURE, NODE_MISSING_LEFT, NODE_RIGHT, NODE_WEIGHT } = layout;
  const { nRows, nFeatures, nCategorical, nOutputs } = shape;
  parts.setParameters(kernel, {
    ...{ nRows, nFeatures, nOutputs, isMulticlass: Number(shape.isMulticlass) },
    ...sizes,
    ...{ lines: at.lines, values: at.values, weights: at.weights, ends: at.ends },
    ...{ nCategorical, categorical: at.categorical },
    ...{ seed: options.seed, bootstrap: Number(options.bootstrap), maxDepth: options.maxDepth },
    ...{ minSamplesSplit: options.minSamplesSplit, minSamplesLeaf: options.minSamplesLeaf },
    maxFeatures: options.maxFeatures,
    ...own,
  });
  /** The bins of the lowest ranks, a bit each, and that of missing values if they go with them. */
  const membersUpTo = (ranked: Uint8Array, border: number, missingLeft: number): Uint32Array => {
    const set = new Uint32Array(SET_WORDS);
    for (let bin = 0; bin < BINS; bin++)
      if (bin === MISSING_BIN ? missingLeft === 1 : ranked[bin]! <= border) set[bin >> 5]! |= 1 << (bin & 31);
    return set;
  };
  const trees: GrownTree[] = [];
  for (let tree = from; tree < to; tree++) {
    const ranks = new Map<number, Uint8Array>();
    for (const [i, { feature, sums }] of categories.entries()) {
      const ranked = parts.orderCategories(sums, kernel.keyOf(tree, feature), unit, parts);
      ranks.set(feature, ranked);
      new Uint8Array(buffer, own.ranks + BINS * i, BINS).set(ranked);
    }
    const n = kernel.grow(tree);
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
      const node = own.nodes + NODE_BYTES * i;
      const feature = view.getInt32(node + NODE_FEATURE, true);
      const border = view.getInt32(node + NODE_BIN, true);
      const missingLeft = view.getInt32(node + NODE_MISSING_LEFT, true);
      grown.feature[i] = feature;
      grown.right[i] = view.getInt32(node + NODE_RIGHT, true);
      grown.missingLeft[i] = missingLeft;
      grown.cover[i] = view.getFloat64(node + NODE_WEIGHT, true);
      grown.set[i] = -1;
      if (feature < 0) nLeaves++;
      const ranked = ranks.get(feature);
      if (ranked) {
        grown.set[i] = sets.length / SET_WORDS;
        sets.push(...membersUpTo(ranked, border, missingLeft));
      } else grown.bin[i] = border;
    }
    trees.push({
      ...grown,
      sets: Uint32Array.from(sets),
      values: new Float64Array(buffer, own.leaves, nLeaves * nOutputs).slice(),
      gains: new Float64Array(buffer, own.gains, nFeatures).slice(),
    });
  }
  return trees;
}
