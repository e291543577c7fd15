import { AppError } from '../../errors/app-error.ts';
import * as bins from '../../kernels/bins.ts';
import { boostingWasm } from '../../kernels/boosting/boosting.wasm.ts';
import * as layout from '../../kernels/boosting/layout.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { createLayout } from '../../kernels/memory.ts';
import { setParameters } from '../../kernels/set-parameters.ts';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import { powerOfTwo } from '../../stats/elementary.ts';
import { scaleWithin } from '../scale-within.ts';
import type { BinnedFeatures } from '../trees/binned-features.ts';
import { breakBarrier, createBarrier } from './barrier.ts';
import { type BoostingProgress, boost } from './boost.ts';
import { createTreeGrower } from './grow-tree.ts';
import type { BoostingJob, BoostingSettings, GrownNode, Loss } from './job.ts';
import { createRowParting } from './part-rows.ts';
import { createLeafSearch } from './search-leaf.ts';

/** What trees are fitted to. */
export interface BoostingData {
  readonly loss: Loss;
  /** nSamples: values, or places of the class among those present. */
  readonly target: Float64Array | Uint8Array;
  readonly weights: Float64Array | null;
  /** nSamples: a hash of each row; null when no rows are drawn. */
  readonly keys: Uint32Array | null;
  /** nSamples: 0 for rows that are only to measure the loss on; null: none. */
  readonly learned: Uint8Array | null;
  /** nOutputs: scores before the first tree. */
  readonly base: Float64Array;
  /** Per feature: 1, −1 or 0. */
  readonly directions: readonly number[];
}

/** With fewer rows each, threads wait for one another longer than they help. */
const ROWS_PER_THREAD = 10_000;

/** Makes the rounds `from`…`to` − 1: trees by round and output, and whether early stopping has ended the fit. */
export type BoostingGrower = (
  from: number,
  to: number,
) => Promise<{ readonly trees: readonly GrownNode[][]; readonly isOver: boolean }>;

/**
 * Writes the rows to a kernel's memory, which lives as long as the grower and holds the scores between its rounds. Null where
 * there is nothing to grow by. The trees do not depend on the number of threads.
 */
export function createBoostingGrower(
  binned: BinnedFeatures,
  data: BoostingData,
  settings: BoostingSettings,
  workers: WorkerPool,
): BoostingGrower | null {
  const { binnings } = binned;
  const nRows = data.target.length;
  const nFeatures = binnings.length;
  const nOutputs = data.base.length;
  if (nFeatures === 0 || nRows < 2) return null;
  const nThreads = nRows < 2 * ROWS_PER_THREAD ? 1 : Math.min(workers.threads, nFeatures);
  /** What it takes to count the rows. */
  const bits = 32 - Math.clz32(nRows);
  const nHistograms =
    settings.maxLeaves < Number.POSITIVE_INFINITY ? Math.min(settings.maxLeaves, nRows) + 1 : bits + 3;
  const ownLayout = createLayout(0);
  const own = {
    leaves: ownLayout.take(layout.LEAF_BYTES * nHistograms),
    made: ownLayout.take(layout.LEAF_BYTES * 2),
    allowed: ownLayout.take(nFeatures),
    goesLeft: ownLayout.take(bins.BINS),
    scratch: ownLayout.take(Math.max(layout.SCRATCH_BYTES, 8 * nOutputs)),
    bytes: ownLayout.end(),
  };

  const { take, end } = createLayout(1024);
  const at = {
    control: take(12),
    tiles: take(nFeatures * nRows),
    features: take(layout.FEATURE_BYTES * nFeatures),
    target: take(data.target.byteLength),
    weights: data.weights ? take(8 * nRows) : 0,
    learned: data.learned ? take(nRows) : 0,
    used: settings.subsample < 1 ? take(nRows) : 0,
    keys: settings.subsample < 1 ? take(4 * nRows) : 0,
    scores: take(8 * nRows * nOutputs),
    pairs: take(layout.PAIR_BYTES * nRows * nOutputs),
    rows: take(4 * nRows),
    right: take(4 * nRows),
    histograms: take(nHistograms * nFeatures * layout.HISTOGRAM_BYTES),
    exchange: take(nThreads * layout.EXCHANGE_BYTES),
    own: take(nThreads * own.bytes),
  };
  const memory = binned.memory(end());
  if (!memory) {
    throw new AppError({
      message: 'gradient_boosting needs more memory for this table than WebAssembly can address',
      found: `${nRows} rows × ${nFeatures} features, ${nHistograms - 1} leaves: ${Math.ceil(end() / 2 ** 20)} MiB`,
      allowed: '4096 MiB',
      next: 'take fewer rows, or set max_leaf_nodes lower',
    });
  }
  const { buffer } = memory;
  binned.write({
    // A row's place in the list of rows is free until a tree is grown.
    column: () => at.rows,
    line: (f) => at.tiles + nRows * firstOfTile(f) + (f % layout.TILE_FEATURES),
    stride: (f) => Math.min(layout.TILE_FEATURES, nFeatures - firstOfTile(f)),
  });
  describeFeatures(new DataView(buffer, at.features), binned, data.directions);
  const target =
    data.target instanceof Float64Array
      ? new Float64Array(buffer, at.target, nRows)
      : new Uint8Array(buffer, at.target, nRows);
  target.set(data.target);
  if (data.weights) new Float64Array(buffer, at.weights, nRows).set(data.weights);
  if (data.learned) new Uint8Array(buffer, at.learned, nRows).set(data.learned);
  if (at.keys) new Uint32Array(buffer, at.keys, nRows).set(data.keys!);
  for (const [k, score] of data.base.entries()) new Float64Array(buffer, at.scores + 8 * k * nRows, nRows).fill(score);

  const largestWeight = data.weights ? data.weights.reduce((most, weight) => Math.max(most, weight), 0) : 1;
  const largestHessian = data.loss === 'squared' ? largestWeight : largestWeight / 4;
  const job: BoostingJob = {
    ...{
      module: compileKernel(boostingWasm),
      memory,
      layout: { ...bins, ...layout },
      at,
      own,
      nThreads,
      nRows,
      nFeatures,
      nOutputs,
    },
    ...{ nHistograms, loss: data.loss, directions: data.directions, settings },
    countBits: bits,
    // Either fits its 32 bits of a pair; sums of gradients stay below 2⁵⁰, entries with hessians and counts below 2⁶².
    mostGradient: powerOfTwo(Math.min(30, 50 - bits)),
    largestGradient: largestWeight,
    heldOutWeight: data.learned?.reduce((sum, own, row) => sum + (own ? 0 : (data.weights?.[row] ?? 1)), 0) ?? 0,
    hessianScale:
      data.loss === 'squared' && !data.weights
        ? 1
        : scaleWithin(largestHessian, powerOfTwo(Math.min(30, 50 - bits, 62 - 2 * bits))),
  };
  const options = {
    parts: { createBarrier, createLeafSearch, createRowParting, createTreeGrower, scaleWithin, setParameters },
    onFailure: () => breakBarrier(new Int32Array(buffer, at.control, 3)),
  };
  let progress: BoostingProgress = { firstScale: 1, losses: [], isOver: false };
  return async (from, to) => {
    const tasks = Array.from({ length: nThreads }, (_, thread) => ({ thread, from, to, before: progress }));
    const [first] = await workers.map(boost, job, tasks, options);
    progress = first!.after;
    return { trees: first!.trees, isOver: progress.isOver };
  };
}

/** The first feature of the tile that a feature is in. */
function firstOfTile(feature: number): number {
  return feature - (feature % layout.TILE_FEATURES);
}

function describeFeatures(view: DataView, { binnings, nBins }: BinnedFeatures, directions: readonly number[]): void {
  for (const [f, { kind }] of binnings.entries()) {
    const at = layout.FEATURE_BYTES * f;
    view.setInt32(at + layout.FEATURE_BINS, nBins[f]!, true);
    view.setInt32(
      at + layout.FEATURE_KIND,
      kind === 'categorical' ? layout.KIND_CATEGORIES : layout.KIND_NUMBERS,
      true,
    );
    view.setInt32(at + layout.FEATURE_DIRECTION, directions[f]!, true);
  }
}
