import type { ForestOptions } from './grow-forest.ts';

/** What every thread is sent. Addresses are in the memory; 0 for a part that is absent. */
export interface TreeJob {
  readonly module: WebAssembly.Module;
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
  { module, memory, at, nRows, nFeatures, lineBytes, nOutputs, isMulticlass, options }: TreeJob,
  { work, from, to }: { readonly work: number; readonly from: number; readonly to: number },
): GrownTree[] {
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<
    'layout' | 'grow' | 'nodes' | 'leaves' | 'gains',
    (...args: number[]) => number
  >;
  const { buffer } = memory;
  kernel.layout(work, nRows, nRows, nFeatures, lineBytes, nOutputs, Number(isMulticlass));
  const trees: GrownTree[] = [];
  for (let tree = from; tree < to; tree++) {
    const n = kernel.grow(
      ...([at.lines, at.categorical, at.values, at.weights, at.ends, options.seed, tree] as const),
      Number(options.bootstrap),
      ...([options.maxDepth, options.minSamplesSplit, options.minSamplesLeaf, options.maxFeatures] as const),
    );
    // A node's 56 bytes: see the kernel.
    const place = kernel.nodes() >>> 0;
    const words = new Int32Array(buffer, place, n * 14);
    const weights = new Float64Array(buffer, place, n * 7);
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
      const word = 14 * i;
      const flags = words[word + 3]!;
      grown.feature[i] = words[word]!;
      grown.bin[i] = words[word + 1]!;
      grown.right[i] = words[word + 2]!;
      grown.missingLeft[i] = flags & 1;
      grown.set[i] = (flags & 2) !== 0 ? sets.length / 8 : -1;
      grown.cover[i] = weights[7 * i + 2]!;
      if ((flags & 2) !== 0) for (let w = 6; w < 14; w++) sets.push(words[word + w]!);
      if (words[word]! < 0) nLeaves++;
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
