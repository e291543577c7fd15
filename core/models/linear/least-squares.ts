import { BLOCK_ROWS, STRIDE } from '../../kernels/linear/layout.ts';
import { choleskySolver } from './cholesky.ts';
import { closeKernel, openKernel } from './kernel.ts';
import { minimumNorm } from './minimum-norm.ts';
import { rowBlocks, spreadBlocks, stretchesOf } from './row-blocks.ts';
import { powerOfTwoBelow, type WeightedRows } from './weighted-rows.ts';

/** A pivot below this share of its diagonal is not clear of rounding. */
const CLEAR = 1e-6;

/**
 * The coefficients and intercept that minimise Σ weight·(target − prediction)² + alpha·‖coefficients‖².
 *
 * One pass: every block of rows gives its weighted means and the products of its columns less those means; the spread of
 * the blocks' means is added at the end (Chan, Golub & LeVeque 1979). All terms are sums of squares, so nothing cancels.
 * The target takes part as one more column. Where some column nearly is a sum of others, products have not digits enough,
 * and many coefficients may do as well: then those of the smallest norm are found from the columns themselves.
 */
export function leastSquares(
  { columns, target, weights, unit }: WeightedRows,
  alpha: number,
): { readonly coefficients: Float64Array; readonly intercept: number } {
  const p = columns.length;
  if (target.length === 0) return { coefficients: new Float64Array(p), intercept: 0 };
  const scale = powerOfTwoBelow(target);
  const scaled = target.map((y) => y / scale);
  const { means, gram } = moments([...columns, scaled], weights, target.length);
  const matrix = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    matrix.set(gram.subarray(i * (p + 1), i * (p + 1) + p), i * p);
    matrix[i * p + i]! += alpha / unit;
  }
  const { divide, weakest } = choleskySolver(matrix, p, () => Number.POSITIVE_INFINITY);
  const inRange = columns.every((_, j) => matrix[j * p + j]! < Number.POSITIVE_INFINITY);
  let coefficients: Float64Array;
  if (alpha === 0 && weakest < CLEAR && inRange) {
    coefficients = minimumNorm({ columns, means, target: scaled, weights });
  } else {
    coefficients = gram.slice(p * (p + 1), p * (p + 1) + p);
    divide(coefficients, 0);
  }
  let intercept = means[p]!;
  for (let j = 0; j < p; j++) intercept -= coefficients[j]! * means[j]!;
  return { coefficients: coefficients.map((c) => finite(c * scale)), intercept: finite(intercept * scale) };
}

/** Weighted means, and sums of products of deviations from them (lower triangle). */
function moments(columns: readonly Float64Array[], weights: Float64Array | null, nRows: number) {
  const p = columns.length;
  const at = { weights: 0, means: STRIDE, gram: 0, block: 0 };
  at.gram = at.means + even(p + 1);
  at.block = at.gram + even(p * p);
  const kernel = openKernel(at.block + p * STRIDE, { nColumns: p, nSets: 0, coefficients: 0, scores: 0 });
  const { run, memory } = kernel;
  const blocks = rowBlocks(columns, nRows, memory, at.block, 1);
  const nBlocks = Math.ceil(nRows / BLOCK_ROWS);
  const blockMeans: Float64Array[] = [];
  memory.fill(0, at.gram, at.gram + p * p);
  for (const { first, count } of stretchesOf(spreadBlocks(nBlocks, nBlocks))) {
    const start = blocks.place({ first, count });
    for (let i = 0; i < count; i++) {
      const from = (first + i) * BLOCK_ROWS;
      const rows = Math.min(BLOCK_ROWS, nRows - from);
      if (weights === null) memory.fill(1, at.weights, at.weights + rows);
      else memory.set(weights.subarray(from, from + rows), at.weights);
      memory.fill(0, at.weights + rows, at.weights + BLOCK_ROWS);
      run.momentsOfBlock(8 * (start + i * BLOCK_ROWS), 8 * at.weights, 8 * at.means, 8 * at.gram);
      blockMeans.push(memory.slice(at.means, at.means + p + 1));
    }
  }
  const gram = memory.slice(at.gram, at.gram + p * p);
  closeKernel(kernel);
  const means = addSpread(blockMeans, gram, p);
  return { means, gram };
}

/** Adds the products of the blocks' deviations from the common mean, which is returned. Each block ends in its weight. */
function addSpread(blocks: readonly Float64Array[], gram: Float64Array, p: number): Float64Array {
  const means = new Float64Array(p);
  let total = 0;
  for (const block of blocks) {
    total += block[p]!;
    for (let j = 0; j < p; j++) means[j]! += (block[p]! / total) * (block[j]! - means[j]!);
  }
  for (const block of blocks) {
    for (let i = 0; i < p; i++) {
      const weighted = block[p]! * (block[i]! - means[i]!);
      for (let j = 0; j <= i; j++) gram[i * p + j]! += weighted * (block[j]! - means[j]!);
    }
  }
  return means;
}

function even(doubles: number): number {
  return doubles + (doubles % 2);
}

function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
