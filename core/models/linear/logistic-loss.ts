import { choleskySolver } from './cholesky.ts';
import { BLOCK_ROWS, openKernel, STRIDE } from './kernel.ts';
import type { Objective } from './lbfgs.ts';
import { rowBlocks, slotsFor, spreadBlocks } from './row-blocks.ts';

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
  /** nSamples, > 0. */
  readonly weights: Float64Array;
  /** Half of it times the sum of the squared coefficients is added to the sum of the weighted losses; intercepts are free. */
  readonly penalty: number;
}

/** The penalised log-loss, divided by the sum of the weights, as a function of the coefficients: per set one per feature, then the intercept. */
export interface LogisticLoss {
  readonly nBlocks: number;
  readonly nCoefficients: number;
  /** The loss over these blocks of rows alone, as if their weights summed to that of all. */
  over(blocks: readonly number[]): Objective;
}

/** Copies labels and weights to the kernel's memory, and the columns as they are asked for. */
export function logisticLoss(rows: LogisticRows): LogisticLoss {
  const { columns, labels, nClasses, weights } = rows;
  const p = columns.length;
  const sets = nClasses === 2 ? 1 : nClasses;
  const nCoefficients = sets * (p + 1);
  const nBlocks = Math.ceil(labels.length / BLOCK_ROWS);
  const matrixRows = curvatureRows(labels.length, p + 1);
  const { slots, doubles } = slotsFor(p, nBlocks);
  let end = 0;
  const take = (size: number) => {
    const start = end;
    end += size + (size % 2);
    return start;
  };
  const at = {
    weights: take(nBlocks * BLOCK_ROWS),
    labels: take(sets === 1 ? 0 : nBlocks * BLOCK_ROWS),
    coefficients: take(nCoefficients),
    scores: take(sets * STRIDE),
    loss: take(1 + nCoefficients),
    curvature: take(matrixRows === 0 ? 0 : (p + 1) * (p + 1)),
    blocks: take(doubles),
  };
  const { run, memory } = openKernel(end);
  const blocks = rowBlocks(columns, labels.length, memory, at.blocks, slots);
  for (let row = 0; row < labels.length; row++) {
    memory[at.weights + row] = sets === 1 && labels[row] === 0 ? -weights[row]! : weights[row]!;
  }
  if (sets > 1) memory.set(labels, at.labels);

  const weightOf = (some: readonly number[]) => {
    let sum = 0;
    for (const block of some) {
      const from = at.weights + block * BLOCK_ROWS;
      for (let row = from; row < from + BLOCK_ROWS; row++) sum += Math.abs(memory[row]!);
    }
    return sum;
  };

  const everything = weightOf(spreadBlocks(nBlocks, nBlocks));
  const penalty = Math.min(rows.penalty / everything, LARGEST_PENALTY);

  const evaluate = (some: readonly number[], total: number, point: Float64Array, gradient: Float64Array) => {
    memory.set(point, at.coefficients);
    gradient.fill(0);
    let loss = 0;
    for (const block of some) {
      const row = block * BLOCK_ROWS;
      const [x, w, label] = [blocks.place(block), at.weights + row, at.labels + row];
      run.lossOfBlock(8 * x, p, sets, 8 * w, 8 * label, 8 * at.coefficients, 8 * at.scores, 8 * at.loss);
      loss += memory[at.loss]!;
      for (let i = 0; i < nCoefficients; i++) gradient[i]! += memory[at.loss + 1 + i]!;
    }
    let squares = 0;
    for (let i = 0; i < nCoefficients; i++) {
      const penalised = i % (p + 1) === p ? 0 : point[i]!;
      squares += penalised * penalised;
      gradient[i] = gradient[i]! / total + penalty * penalised;
    }
    return loss / total + 0.5 * penalty * squares;
  };

  const curvature = (some: readonly number[], point: Float64Array) => {
    memory.set(point, at.coefficients);
    memory.fill(0, at.curvature, at.curvature + (p + 1) * (p + 1));
    for (const block of some) {
      const [x, w] = [blocks.place(block), at.weights + block * BLOCK_ROWS];
      run.curvatureOfBlock(8 * x, p, sets, 8 * w, 8 * at.coefficients, 8 * at.scores, 8 * at.curvature);
    }
    const matrix = memory.slice(at.curvature, at.curvature + (p + 1) * (p + 1));
    const total = weightOf(some);
    for (let i = 0; i < matrix.length; i++) matrix[i]! /= total;
    for (let i = 0; i < p; i++) matrix[i * (p + 2)]! += penalty;
    const divide = choleskySolver(matrix, p + 1, (diagonal) => 1e-8 * diagonal || 1);
    return (vector: Float64Array) => {
      for (let set = 0; set < sets; set++) divide(vector, set * (p + 1));
    };
  };

  return {
    nBlocks,
    nCoefficients,
    over(some) {
      const total = weightOf(some);
      const sample = spreadBlocks(some.length, Math.ceil(matrixRows / BLOCK_ROWS)).map((i) => some[i]!);
      return {
        evaluate: (point, gradient) => evaluate(some, total, point, gradient),
        curvature: (point) => (sample.length === 0 ? null : curvature(sample, point)),
      };
    },
  };
}

/**
 * Rows from which the second derivatives are estimated: enough for a good guess (4,096, or one in 64), but no more than
 * make it as dear as about four passes over the table; 0 when so few would say nothing about this many columns.
 */
function curvatureRows(nRows: number, nColumns: number): number {
  const affordable = Math.floor((16 * nRows) / nColumns);
  return affordable < 2 * nColumns ? 0 : Math.min(nRows, affordable, Math.max(4096, Math.ceil(nRows / 64)));
}
