import { BLOCK_ROWS, STRIDE } from '../../kernels/linear/layout.ts';
import { choleskySolver } from './cholesky.ts';
import { closeKernel, openKernel } from './kernel.ts';
import type { Objective } from './lbfgs.ts';
import { rowBlocks, type Stretch, slotsFor, spreadBlocks, stretchesOf } from './row-blocks.ts';

/** So that its products with coefficients are numbers. */
const LARGEST_PENALTY = 1e300;

/** What the loss is made of. */
export interface LogisticRows {
  /** nFeatures × nSamples. */
  readonly columns: readonly Float64Array[];
  /** nSamples: 0…nClasses−1. */
  readonly labels: Float64Array;
  /** Two classes have one set of coefficients, more have one each. */
  readonly nClasses: number;
  /** nSamples, > 0; null: 1 each. */
  readonly weights: Float64Array | null;
  /** nClasses, > 0: a row counts its weight times that of its class. */
  readonly classWeights: Float64Array;
  /** Half of it times the sum of the squared coefficients is added to the sum of the weighted losses; intercepts are free. */
  readonly penalty: number;
}

/** The penalised log-loss, divided by the sum of the weights, as a function of the coefficients: per set one per feature, then the intercept. */
export interface LogisticLoss {
  readonly nBlocks: number;
  readonly nCoefficients: number;
  /** The loss over these blocks of rows alone, as if their weights summed to that of all. */
  over(blocks: readonly number[]): Objective;
  /** Ends its use. */
  close(): void;
}

/** The rows come to the kernel block by block; the kernel is the loss's own until it is closed. */
export function logisticLoss(rows: LogisticRows): LogisticLoss {
  const { columns, labels, nClasses } = rows;
  const p = columns.length;
  const sets = nClasses === 2 ? 1 : nClasses;
  const nCoefficients = sets * (p + 1);
  const nBlocks = Math.ceil(labels.length / BLOCK_ROWS);
  const signed = signedWeights(rows);
  const all = sets === 1 ? [...columns, signed] : [...columns, signed, labels];
  const { slots, doubles } = slotsFor(all.length, nBlocks);
  let end = 0;
  const take = (size: number) => {
    const start = end;
    end += size + (size % 2);
    return start;
  };
  const at = {
    coefficients: take(nCoefficients),
    scores: take(sets * STRIDE),
    loss: take(1 + nCoefficients),
    curvature: take(curvatureRows(labels.length, p + 1) === 0 ? 0 : (p + 1) * (p + 1)),
    blocks: take(doubles),
  };
  const kernel = openKernel(end, {
    ...{ nColumns: p, nSets: sets },
    ...{ coefficients: 8 * at.coefficients, scores: 8 * at.scores },
  });
  const { run, memory } = kernel;
  const blocks = rowBlocks(all, labels.length, memory, at.blocks, slots);
  const weightOfBlock = Float64Array.from({ length: nBlocks }, (_, block) => {
    let sum = 0;
    const to = Math.min((block + 1) * BLOCK_ROWS, labels.length);
    for (let row = block * BLOCK_ROWS; row < to; row++) sum += Math.abs(signed[row]!);
    return sum;
  });
  const weightOf = (some: readonly number[]) => some.reduce((sum, block) => sum + weightOfBlock[block]!, 0);
  const penalty = Math.min(rows.penalty / weightOf(spreadBlocks(nBlocks, nBlocks)), LARGEST_PENALTY);

  /** Calls back with the address of each block's columns. */
  const eachBlock = (stretches: readonly Stretch[], visit: (x: number) => void) => {
    for (const stretch of stretches) {
      const start = blocks.place(stretch);
      for (let i = 0; i < stretch.count; i++) visit(8 * (start + i * BLOCK_ROWS));
    }
  };

  const evaluate = (some: readonly Stretch[], total: number, point: Float64Array, gradient: Float64Array) => {
    memory.set(point, at.coefficients);
    gradient.fill(0);
    let loss = 0;
    eachBlock(some, (x) => {
      run.lossOfBlock(x, 8 * at.loss);
      loss += memory[at.loss]!;
      for (let i = 0; i < nCoefficients; i++) gradient[i]! += memory[at.loss + 1 + i]!;
    });
    let squares = 0;
    for (let i = 0; i < nCoefficients; i++) {
      const penalised = i % (p + 1) === p ? 0 : point[i]!;
      squares += penalised * penalised;
      gradient[i] = gradient[i]! / total + penalty * penalised;
    }
    return loss / total + 0.5 * penalty * squares;
  };

  const curvature = (some: readonly Stretch[], total: number, point: Float64Array) => {
    memory.set(point, at.coefficients);
    memory.fill(0, at.curvature, at.curvature + (p + 1) * (p + 1));
    eachBlock(some, (x) => run.curvatureOfBlock(x, 8 * at.curvature));
    const matrix = memory.slice(at.curvature, at.curvature + (p + 1) * (p + 1));
    for (let i = 0; i < matrix.length; i++) matrix[i]! /= total;
    for (let i = 0; i < p; i++) matrix[i * (p + 2)]! += penalty;
    const { divide } = choleskySolver(matrix, p + 1, (diagonal) => 1e-8 * diagonal || 1);
    return (vector: Float64Array) => {
      for (let set = 0; set < sets; set++) divide(vector, set * (p + 1));
    };
  };

  return {
    nBlocks,
    nCoefficients,
    over(some) {
      const total = weightOf(some);
      const stretches = stretchesOf(some);
      const matrixRows = curvatureRows(Math.min(some.length * BLOCK_ROWS, labels.length), p + 1);
      const sample = spreadBlocks(some.length, Math.ceil(matrixRows / BLOCK_ROWS)).map((i) => some[i]!);
      const sampled = stretchesOf(sample);
      return {
        evaluate: (point, gradient) => evaluate(stretches, total, point, gradient),
        curvature: (point) => (sample.length === 0 ? null : curvature(sampled, weightOf(sample), point)),
      };
    },
    close: () => closeKernel(kernel),
  };
}

/** What each row counts, which of two classes is told by the sign: negative for the first. */
function signedWeights({ labels, nClasses, weights, classWeights }: LogisticRows): Float64Array {
  const factors = nClasses === 2 ? [-classWeights[0]!, classWeights[1]!] : classWeights;
  const signed = new Float64Array(labels.length);
  for (let row = 0; row < signed.length; row++) {
    signed[row] = factors[labels[row]!]! * (weights === null ? 1 : weights[row]!);
  }
  return signed;
}

/**
 * Rows from which the second derivatives are estimated: enough for a good guess (4,096, or one in 64), but no more than
 * make it as dear as about four passes over the table; 0 when so few would say nothing about this many columns.
 */
function curvatureRows(nRows: number, nColumns: number): number {
  const affordable = Math.floor((16 * nRows) / nColumns);
  return affordable < 2 * nColumns ? 0 : Math.min(nRows, affordable, Math.max(4096, Math.ceil(nRows / 16)));
}
