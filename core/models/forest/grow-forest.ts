import { AppError } from '../../errors/app-error.ts';
import * as bins from '../../kernels/bins.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { forestWasm } from '../../kernels/forest/forest.wasm.ts';
import * as layout from '../../kernels/forest/layout.ts';
import { createLayout } from '../../kernels/memory.ts';
import { setParameters } from '../../kernels/set-parameters.ts';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import type { BinnedFeatures } from '../trees/binned-features.ts';
import { categorySums } from './category-sums.ts';
import { deviateOf, drawMeans, hash } from './draw-means.ts';
import type { ForestData, ForestOptions } from './forest-input.ts';
import { type ForestShape, placeOwn, rowSizes } from './forest-memory.ts';
import { type GrownTree, growTrees, type TreeJob } from './grow-trees.ts';
import { orderCategories } from './order-categories.ts';

const parts = { deviateOf, drawMeans, hash, orderCategories, setParameters };

/** Values looked at, roughly, below which a thread takes longer to be told than to help: some 20 ms of work. */
const WORTH_THREADS = 5_000_000;

/** Grows the trees `from`…`to` − 1, spread over the threads. */
export type ForestGrower = (from: number, to: number) => Promise<GrownTree[]>;

/** Writes the rows to a kernel's memory, which lives as long as the grower. A tree depends on the seed and its number alone. */
export function createForestGrower(
  binned: BinnedFeatures,
  data: ForestData,
  options: ForestOptions,
  workers: WorkerPool,
): ForestGrower {
  const { binnings, nBins } = binned;
  const nRows = data.values.length;
  const nFeatures = binnings.length;
  const isMulticlass = data.nClasses > 2;
  const nOutputs = isMulticlass ? data.nClasses : 1;
  const visitsPerTree = nRows * options.maxFeatures * (32 - Math.clz32(nRows));
  const jobsFor = (nTrees: number) =>
    visitsPerTree * nTrees < WORTH_THREADS ? 1 : Math.max(1, Math.min(workers.threads, nTrees));
  const mostJobs = jobsFor(options.nTrees);
  const categorical = [...binnings.keys()].filter((f) => binnings[f]!.kind === 'categorical');
  const shape: ForestShape = { nRows, nFeatures, nCategorical: categorical.length, nOutputs, isMulticlass };
  const { lineBytes } = rowSizes(shape);
  const ownBytes = placeOwn(0, shape).end;
  const { take, end } = createLayout(1024);
  const at = {
    column: take(nRows),
    lines: take(lineBytes * nRows),
    categorical: take(4 * categorical.length),
    values: take(8 * nRows),
    weights: data.weights ? take(8 * nRows) : 0,
    ends: data.ends ? take(4 * nRows) : 0,
    own: take(mostJobs * ownBytes),
  };
  const memory = binned.memory(end());
  if (!memory) {
    throw new AppError({
      message: 'random_forest needs more memory for this table than WebAssembly can address',
      found: `${nRows} rows × ${nFeatures} features on ${mostJobs} threads: ${Math.ceil(end() / 2 ** 20)} MiB`,
      allowed: '4096 MiB',
      next: mostJobs > 1 ? 'use fewer threads (--threads), or fewer rows' : 'take fewer rows',
    });
  }
  const { buffer } = memory;
  binned.write({ column: () => at.column, line: (f) => at.lines + f, stride: () => lineBytes });
  new Int32Array(buffer, at.categorical, categorical.length).set(categorical);
  const lines = new Uint8Array(buffer, at.lines, lineBytes * nRows);
  const categories = categorical.map((feature) => ({
    feature,
    sums: categorySums(
      data.values.map((_, row) => lines[row * lineBytes + feature]!),
      nBins[feature]!,
      data,
    ),
  }));
  new Float64Array(buffer, at.values, nRows).set(data.values);
  if (data.weights) new Float64Array(buffer, at.weights, nRows).set(data.weights);
  if (data.ends) new Uint32Array(buffer, at.ends, nRows).set(data.ends);
  const job: TreeJob = {
    ...{ module: compileKernel(forestWasm), memory, layout: { ...bins, ...layout }, at },
    ...{ shape, sizes: rowSizes(shape), options, categories, unit: data.unit },
  };
  return async (from, to) => {
    const nJobs = jobsFor(to - from);
    const share = (thread: number) => from + Math.floor((thread * (to - from)) / nJobs);
    const tasks = Array.from({ length: nJobs }, (_, thread) => ({
      own: placeOwn(at.own + thread * ownBytes, shape).places,
      from: share(thread),
      to: share(thread + 1),
    }));
    return (await workers.map(growTrees, job, tasks, { parts })).flat();
  };
}
