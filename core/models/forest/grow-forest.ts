import { forestWasm } from '../kernels/forest.wasm.ts';
import type { WorkerPool } from '../model.ts';
import type { BinnedFeatures } from '../trees/binning.ts';
import type { Trees } from './trees.ts';

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

/** What a forest is grown from; whole numbers small enough that sums of them are exact in a double. */
export interface GrowingData {
  readonly features: BinnedFeatures;
  readonly categorical: Uint8Array;
  /** nSamples: scaled targets, or class indices when `nClasses` > 0. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly nClasses: number;
}

interface Shared {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly at: {
    readonly bins: number;
    readonly categorical: number;
    readonly values: number;
    readonly weights: number;
  };
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nOutputs: number;
  readonly classes: boolean;
  readonly options: ForestOptions;
}

interface Job {
  /** Where the thread's own working memory starts. */
  readonly work: number;
  readonly from: number;
  readonly to: number;
}

/** A tree as it leaves the kernel: 5 whole numbers per node, sets of its categorical splits, weight and sums per node. */
interface GrownTree {
  readonly nodes: Int32Array;
  readonly sets: Uint32Array;
  readonly sums: Float64Array;
}

const PAGE = 65_536;

/** Grows the trees, spread over the threads; the trees depend on the seed and their number alone. */
export async function growForest(data: GrowingData, options: ForestOptions, workers: WorkerPool): Promise<Trees> {
  const nRows = data.values.length;
  const nOutputs = data.nClasses > 0 ? data.nClasses : 1;
  const module = new WebAssembly.Module(decodeBase64(forestWasm));
  const at = {
    bins: 1024,
    categorical: align(1024 + data.features.bins.length),
    values: align(1024 + data.features.bins.length + data.categorical.length + 16),
    weights: 0,
  };
  at.weights = align(at.values + 8 * nRows);
  const work = align(at.weights + 8 * nRows);
  const workBytes = workingBytes(nRows, data.categorical.length, nOutputs);
  const nJobs = Math.max(1, Math.min(workers.threads, options.nTrees));
  const pages = Math.ceil((work + nJobs * workBytes) / PAGE) + 1;
  if (pages > PAGE) throw new RangeError('the forest does not fit into 4 GB of memory');
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGE, shared: true });
  new Uint8Array(memory.buffer, at.bins).set(data.features.bins);
  new Uint8Array(memory.buffer, at.categorical).set(data.categorical);
  new Float64Array(memory.buffer, at.values).set(data.values);
  new Float64Array(memory.buffer, at.weights).set(data.weights);
  const shared: Shared = {
    module,
    memory,
    at,
    nRows,
    nFeatures: data.categorical.length,
    nOutputs,
    classes: data.nClasses > 0,
    options,
  };
  const share = (job: number) => Math.floor((job * options.nTrees) / nJobs);
  const jobs = Array.from(
    { length: nJobs },
    (_, job): Job => ({ work: work + job * workBytes, from: share(job), to: share(job + 1) }),
  );
  const grown = await workers.map(growTrees, shared, jobs);
  return packTrees(grown.flat(), nOutputs);
}

/** Runs on a worker: closes over nothing. */
function growTrees(
  { module, memory, at, nRows, nFeatures, nOutputs, classes, options }: Shared,
  { work, from, to }: Job,
): GrownTree[] {
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<
    'layout' | 'grow' | 'nodes' | 'sets' | 'sums',
    (...args: number[]) => number
  >;
  kernel.layout(work, nRows, nFeatures, nOutputs);
  const trees: GrownTree[] = [];
  for (let tree = from; tree < to; tree++) {
    const n = kernel.grow(
      at.bins,
      nFeatures,
      at.categorical,
      at.values,
      at.weights,
      classes ? 1 : 0,
      options.seed,
      tree,
      options.bootstrap ? 1 : 0,
      options.maxDepth,
      options.minSamplesSplit,
      options.minSamplesLeaf,
      options.maxFeatures,
    );
    trees.push({
      nodes: new Int32Array(memory.buffer, kernel.nodes() >>> 0, n * 5).slice(),
      sets: new Uint32Array(memory.buffer, kernel.sets() >>> 0, n * 8).slice(),
      sums: new Float64Array(memory.buffer, kernel.sums() >>> 0, n * (nOutputs + 1)).slice(),
    });
  }
  return trees;
}

function packTrees(grown: readonly GrownTree[], nOutputs: number): Trees {
  const sizes = grown.map(({ nodes }) => nodes.length / 5);
  const roots = new Int32Array(grown.length + 1);
  for (const [i, size] of sizes.entries()) roots[i + 1] = roots[i]! + size;
  const total = roots.at(-1)!;
  const sets: number[] = [];
  const trees = {
    roots,
    feature: new Int32Array(total),
    bin: new Uint8Array(total),
    right: new Int32Array(total),
    missingLeft: new Uint8Array(total),
    set: new Int32Array(total).fill(-1),
    values: new Float64Array(total * nOutputs),
    nOutputs,
  };
  for (const [tree, { nodes, sets: members, sums }] of grown.entries()) {
    for (let i = 0; i < sizes[tree]!; i++) {
      const node = roots[tree]! + i;
      const flags = nodes[i * 5 + 4]!;
      trees.feature[node] = nodes[i * 5]!;
      trees.bin[node] = nodes[i * 5 + 1]!;
      trees.right[node] = nodes[i * 5 + 3]!;
      trees.missingLeft[node] = flags & 1;
      if ((flags & 2) !== 0) {
        trees.set[node] = sets.length / 8;
        sets.push(...members.subarray(i * 8, i * 8 + 8));
      }
      const weight = sums[i * (nOutputs + 1)]!;
      for (let k = 0; k < nOutputs; k++) trees.values[node * nOutputs + k] = sums[i * (nOutputs + 1) + 1 + k]! / weight;
    }
  }
  return { ...trees, sets: Uint32Array.from(sets) };
}

/** What the kernel's `layout` takes, rounded up; see `assembly/forest.ts`. */
function workingBytes(nRows: number, nFeatures: number, nOutputs: number): number {
  const perRow = 4 + 4 + 8 + 20 + 2 * (20 + 32 + 8 * (nOutputs + 1));
  return align(nRows * perRow + nFeatures * 4 + 256 * (8 * (nOutputs + 2) + 12) + 16 * (nOutputs + 2) + 1024);
}

function align(at: number): number {
  return Math.ceil(at / 16) * 16;
}

function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
