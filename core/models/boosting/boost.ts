import type { FunctionParts } from '../model.ts';
import type { createBarrier } from './barrier.ts';
import type { createTreeGrower } from './grow-tree.ts';
import type { BoostingJob, GrownNode, Kernel } from './job.ts';

/** Functions that a thread is sent as text, beside the one that it runs. */
export interface BoostingParts extends FunctionParts {
  readonly createBarrier: typeof createBarrier;
  readonly createTreeGrower: typeof createTreeGrower;
}

/**
 * One thread's part of a boosting: round after round the gradients of the rows, a tree per output, and what its leaves add
 * to the scores. All threads run this same loop and decide the same.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 *
 * @returns of the first thread the trees' nodes, round by round, output by output; of the others nothing.
 */
export function boost(job: BoostingJob, thread: number, parts: BoostingParts): GrownNode[][] {
  const { at, nThreads, nRows, nOutputs, loss, settings } = job;
  const { buffer } = job.memory;
  const CHUNK = 16_384;
  const { exports } = new WebAssembly.Instance(job.module, { env: { memory: job.memory } });
  const kernel = exports as Kernel;
  const barrier = parts.createBarrier(new Int32Array(buffer, at.control, 3), nThreads);
  /** MurmurHash3's finaliser. */
  const hash = (a: number, b: number): number => {
    let h = a ^ Math.imul(b, 0x9e3779b9);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  const growTree = parts.createTreeGrower(job, thread, kernel, barrier, hash);
  const constrained = job.directions.some((direction) => direction !== 0);
  const { hessianScale, countBits } = job;
  kernel.configure!(
    countBits,
    settings.minSamplesLeaf,
    // One unit at least: nothing is to be divided by 0.
    Math.max(1, settings.minHessian * hessianScale),
    settings.l2 * hessianScale,
    10 * hessianScale,
    Number(constrained),
  );
  const firstRow = Math.floor((nRows * thread) / nThreads);
  const endRow = Math.floor((nRows * (thread + 1)) / nThreads);
  const said = Array.from(
    { length: nThreads },
    (_, t) => new Float64Array(buffer, at.exchange + t * job.exchangeBytes, 1),
  );
  const rowsInChunks = (work: (from: number, to: number) => void) => {
    for (let from = firstRow; from < endRow; from += CHUNK) work(from, Math.min(endRow, from + CHUNK));
  };

  /** The power of two that brings numbers up to `largest` to at most 2^bits. */
  const scaleFor = (largest: number, bits: number): number => {
    if (largest === 0) return 1;
    let scale = 1;
    let most = 1;
    for (let bit = 0; bit < bits; bit++) most *= 2;
    while (largest * scale > most) scale /= 2;
    while (largest * scale * 2 <= most && scale < 2 ** 1022) scale *= 2;
    return scale;
  };

  const drawRows = (key: number) => {
    const learned = at.learned ? new Uint8Array(buffer, at.learned, nRows) : null;
    const used = new Uint8Array(buffer, at.used, nRows);
    const keys = new Uint32Array(buffer, at.keys, nRows);
    const border = settings.subsample * 4294967296;
    for (let row = firstRow; row < endRow; row++)
      used[row] = Number(hash(key, keys[row]!) < border && learned?.[row] !== 0);
  };

  /** Writes every output's pairs and gives the gradients' scale. */
  const makeGradients = (): number => {
    const used = settings.subsample < 1 ? at.used : at.learned;
    const rows = [at.scores, at.target, at.weights, used] as const;
    let largest = job.largestGradient;
    if (loss === 'squared') {
      let own = 0;
      rowsInChunks((from, to) => {
        own = Math.max(own, kernel.largestResidual!(...rows, from, to));
      });
      said[thread]![0] = own;
      barrier();
      largest = Math.max(...said.map((number) => number[0]!));
    }
    const scale = scaleFor(largest, job.gradientBits);
    const scales = [scale, hessianScale] as const;
    rowsInChunks((from, to) => {
      if (loss === 'squared') kernel.squaredGradients!(...rows, from, to, at.pairs, ...scales);
      else if (loss === 'binary') kernel.binaryGradients!(...rows, from, to, at.pairs, ...scales);
      else {
        const scratch = at.own + thread * job.ownBytes;
        kernel.multiclassGradients!(...rows, from, to, at.pairs, ...scales, nRows, nOutputs, scratch);
      }
    });
    barrier();
    return scale;
  };

  /** Mean loss of the rows held out, by the first thread; the others wait for it. */
  const heldOutLoss = (): number => {
    if (thread === 0) {
      const rows = [at.scores, at.target, at.weights, at.learned, nRows] as const;
      const sum = { squared: kernel.squaredLoss!, binary: kernel.binaryLoss!, multiclass: kernel.multiclassLoss! };
      const total = loss === 'multiclass' ? sum.multiclass(...rows, nOutputs) : sum[loss](...rows);
      said[0]![0] = total / job.heldOutWeight;
    }
    barrier();
    const value = said[0]![0]!;
    barrier();
    return value;
  };

  const trees: GrownNode[][] = [];
  const losses: number[] = [];
  let firstScale = 1;
  const { patience } = settings;
  if (patience) losses.push(heldOutLoss());
  for (let round = 0; round < settings.nRounds; round++) {
    const roundKey = hash(hash(settings.seed, 0xb005), round);
    if (settings.subsample < 1) drawRows(roundKey);
    const gradientScale = makeGradients();
    if (round === 0) firstScale = gradientScale;
    for (let output = 0; output < nOutputs; output++) {
      const { nodes, leaves } = growTree(at.pairs + 8 * output * nRows, hash(roundKey, output + 1));
      const unit = hessianScale / gradientScale;
      // In the unit of the first round: only shares are wanted, and squares of large targets would overflow.
      const stretch = firstScale / gradientScale;
      for (const node of nodes) node.gain *= stretch * stretch;
      for (const { node, start, end, gradients, hessians, bounds } of leaves) {
        const sum = Number(hessians >> BigInt(countBits)) + settings.l2 * hessianScale;
        const free = sum > 0 ? -Number(gradients) / sum : 0;
        const value = Math.min(Math.max(free, bounds[0]), bounds[1]) * unit * settings.learningRate;
        nodes[node]!.value = value;
        const scores = at.scores + 8 * output * nRows;
        const [from, to] = [Math.max(start, firstRow), Math.min(end, endRow)];
        if (nodes.length === 1) continue;
        for (let first = from; first < to; first += CHUNK)
          kernel.addToScores!(at.rows, first, Math.min(to, first + CHUNK), scores, value);
      }
      if (nodes.length === 1) nodes[0]!.value = 0;
      trees.push(nodes);
      barrier();
    }
    if (!patience) continue;
    losses.push(heldOutLoss());
    const recent = losses.slice(-patience.rounds);
    const reference = losses[losses.length - patience.rounds - 1];
    if (reference !== undefined && recent.every((value) => value >= reference - patience.tolerance)) break;
  }
  return thread === 0 ? trees : [];
}
