import type { setParameters } from '../../kernels/set-parameters.ts';
import type { FunctionParts } from '../../ports/worker-pool.ts';
import type { scaleWithin } from '../scale-within.ts';
import type { createBarrier } from './barrier.ts';
import type { createTreeGrower } from './grow-tree.ts';
import type { BoostingJob, BoostingThread, GrownNode } from './job.ts';
import type { createRowParting } from './part-rows.ts';
import type { createLeafSearch } from './search-leaf.ts';

/** Functions that a thread is sent as text, beside the one that it runs. */
export interface BoostingParts extends FunctionParts {
  readonly createBarrier: typeof createBarrier;
  readonly createLeafSearch: typeof createLeafSearch;
  readonly createRowParting: typeof createRowParting;
  readonly createTreeGrower: typeof createTreeGrower;
  readonly scaleWithin: typeof scaleWithin;
  readonly setParameters: typeof setParameters;
}

/** Rounds for a thread to make. */
export interface BoostingTask {
  readonly thread: number;
  readonly from: number;
  readonly to: number;
  readonly before: BoostingProgress;
}

/** What later rounds need to know of those made, beside the scores in the shared memory. */
export interface BoostingProgress {
  /** Scale of the gradients in the first round. */
  readonly firstScale: number;
  /** Loss on the rows held out before the first round and after each; empty without early stopping. */
  readonly losses: readonly number[];
  /** Whether early stopping has ended the fit. */
  readonly isOver: boolean;
}

/**
 * One thread's part of some rounds of boosting: in each the gradients of the rows, a tree per output, and what its leaves add
 * to the scores. All threads run this same loop and decide the same.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 *
 * @returns the trees' nodes, round by round, output by output; only the first thread has them.
 */
export function boost(
  job: BoostingJob,
  { thread, from: firstRound, to, before }: BoostingTask,
  parts: BoostingParts,
): { readonly trees: GrownNode[][]; readonly after: BoostingProgress } {
  const { at, layout, nThreads, nRows, nFeatures, nOutputs, loss, settings } = job;
  const { buffer } = job.memory;
  const CHUNK = 16_384;
  const { exports: kernel } = new WebAssembly.Instance(job.module, { env: { memory: job.memory } });
  const barrier = parts.createBarrier(new Int32Array(buffer, at.control, 3), nThreads);
  /** MurmurHash3's finaliser. */
  const hash = (a: number, b: number): number => {
    let h = a ^ Math.imul(b, 0x9e3779b9);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  const start = at.own + thread * job.own.bytes;
  const own = {
    ...{ leaves: start + job.own.leaves, made: start + job.own.made, allowed: start + job.own.allowed },
    ...{ goesLeft: start + job.own.goesLeft, scratch: start + job.own.scratch },
  };
  const context: BoostingThread = { job, thread, kernel, barrier, own, hash };
  const growTree = parts.createTreeGrower(context, parts.createLeafSearch(context), parts.createRowParting(context));
  const { hessianScale } = job;
  parts.setParameters(kernel, {
    ...{ nRows, nFeatures, nOutputs, nThreads, thread },
    firstFeature: Math.floor((nFeatures * thread) / nThreads),
    endFeature: Math.floor((nFeatures * (thread + 1)) / nThreads),
    ...{ tiles: at.tiles, features: at.features, target: at.target, weights: at.weights, learned: at.learned },
    used: settings.subsample < 1 ? at.used : at.learned,
    ...{ scores: at.scores, pairs: at.pairs, rows: at.rows, exchange: at.exchange },
    allowed: settings.maxFeatures < nFeatures ? own.allowed : 0,
    ...{ goesLeft: own.goesLeft, scratch: own.scratch },
    ...{ countBits: job.countBits, hessianScale, minSamplesLeaf: settings.minSamplesLeaf },
    // Set for each tree.
    minHessian: 1,
    l2: settings.l2 * hessianScale,
    categorySmoothing: 10 * hessianScale,
    isConstrained: Number(job.directions.some((direction) => direction !== 0)),
  });
  kernel.configure();
  const firstRow = Math.floor((nRows * thread) / nThreads);
  const endRow = Math.floor((nRows * (thread + 1)) / nThreads);
  const said = Array.from(
    { length: nThreads },
    (_, t) => new Float64Array(buffer, at.exchange + t * layout.EXCHANGE_BYTES + layout.EXCHANGE_NUMBER, 1),
  );
  const rowsInChunks = (work: (from: number, to: number) => void) => {
    for (let from = firstRow; from < endRow; from += CHUNK) work(from, Math.min(endRow, from + CHUNK));
  };

  const drawRows = (key: number) => {
    const learned = at.learned ? new Uint8Array(buffer, at.learned, nRows) : null;
    const used = new Uint8Array(buffer, at.used, nRows);
    const keys = new Uint32Array(buffer, at.keys, nRows);
    const border = settings.subsample * 4294967296;
    for (let row = firstRow; row < endRow; row++)
      used[row] = Number(hash(key, keys[row]!) < border && learned?.[row] !== 0);
  };

  const gradients = {
    squared: kernel.squaredGradients,
    binary: kernel.binaryGradients,
    multiclass: kernel.multiclassGradients,
  };
  /** Writes every output's pairs and gives the gradients' scale. */
  const makeGradients = (): number => {
    let largest = job.largestGradient;
    if (loss === 'squared') {
      let own = 0;
      rowsInChunks((from, to) => {
        own = Math.max(own, kernel.largestResidual(from, to));
      });
      said[thread]![0] = own;
      barrier();
      largest = Math.max(...said.map((number) => number[0]!));
    }
    const scale = parts.scaleWithin(largest, job.mostGradient);
    rowsInChunks((from, to) => gradients[loss](from, to, scale));
    barrier();
    return scale;
  };

  /** Mean loss of the rows held out, by the first thread; the others wait for it. */
  const heldOutLoss = (): number => {
    if (thread === 0) {
      const sum = { squared: kernel.squaredLoss, binary: kernel.binaryLoss, multiclass: kernel.multiclassLoss };
      said[0]![0] = sum[loss]() / job.heldOutWeight;
    }
    barrier();
    const value = said[0]![0]!;
    barrier();
    return value;
  };

  const trees: GrownNode[][] = [];
  const losses = [...before.losses];
  let { firstScale, isOver } = before;
  const { patience } = settings;
  if (patience && firstRound === 0) losses.push(heldOutLoss());
  for (let round = firstRound; round < to && !isOver; round++) {
    const roundKey = hash(hash(settings.seed, 0xb005), round);
    if (settings.subsample < 1) drawRows(roundKey);
    const gradientScale = makeGradients();
    if (round === 0) firstScale = gradientScale;
    for (let output = 0; output < nOutputs; output++) {
      const pairs = at.pairs + layout.PAIR_BYTES * output * nRows;
      kernel.measureNoise(pairs);
      // One unit at least: nothing is to be divided by 0.
      kernel.minHessian.value = Math.max(1, settings.minHessians[output]! * hessianScale);
      const { nodes, leaves } = growTree(pairs, hash(roundKey, output + 1));
      const unit = hessianScale / gradientScale;
      // In the unit of the first round: only shares are wanted, and squares of large targets would overflow.
      const stretch = firstScale / gradientScale;
      for (const node of nodes) node.gain *= stretch * stretch;
      for (const leaf of leaves) {
        const value = leaf.value * unit * settings.learningRate;
        nodes[leaf.node]!.value = value;
        const scores = at.scores + 8 * output * nRows;
        const [from, to] = [Math.max(leaf.start, firstRow), Math.min(leaf.end, endRow)];
        if (nodes.length === 1) continue;
        for (let first = from; first < to; first += CHUNK)
          kernel.addToScores(first, Math.min(to, first + CHUNK), scores, value);
      }
      if (nodes.length === 1) nodes[0]!.value = 0;
      if (thread === 0) trees.push(nodes);
      barrier();
    }
    if (!patience) continue;
    losses.push(heldOutLoss());
    const recent = losses.slice(-patience.rounds);
    const reference = losses[losses.length - patience.rounds - 1];
    isOver = reference !== undefined && recent.every((value) => value >= reference - patience.tolerance);
  }
  return { trees, after: { firstScale, losses, isOver } };
}
