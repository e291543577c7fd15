/*
 * Sums for linear models, one block of 512 rows per call: the caller adds the blocks up in their order, so that a sum
 * does not depend on who computed which block. (A call per block also lets V8 swap in optimised code between calls.)
 *
 * `x` is the address of a block's first column. For the logistic loss two columns follow those of the table: weights (with
 * two classes their sign is the label), and labels of three classes or more.
 */

import { addProducts, BYTES, scoreRows, STRIDE_BYTES } from './columns';
import { addGram } from './gram';
import { binaryCurvature, binaryLoss, multinomialCurvature, multinomialLoss } from './loss';
import * as job from './parameters';
export * from './parameters';

/** Writes the scores of every set, and gives where the block's weights are. */
function scoreSets(x: usize): usize {
  const p = job.nColumns;
  const size = 8 * (<usize>p + 1);
  for (let c: usize = 0; c < <usize>job.nSets; c++) scoreRows(x, p, job.coefficients + c * size, job.scores + c * STRIDE_BYTES);
  return x + <usize>p * STRIDE_BYTES;
}

/** Writes the logistic loss of the block to `result`, and its gradient (per set nColumns + 1) behind it. */
export function lossOfBlock(x: usize, result: usize): void {
  const p = job.nColumns;
  const sets = job.nSets;
  const scores = job.scores;
  const size = 8 * (<usize>p + 1);
  memory.fill(result, 0, 8 + <usize>sets * size);
  const weights = scoreSets(x);
  store<f64>(result, sets == 1 ? binaryLoss(scores, weights) : multinomialLoss(scores, sets, weights, weights + STRIDE_BYTES));
  for (let c: usize = 0; c < <usize>sets; c++) addProducts(scores + c * STRIDE_BYTES, x, p, result + 8 + c * size);
}

/**
 * Adds second derivatives of the block's loss to `result`, a square matrix of nColumns + 1, lower triangle: those of the one
 * set with two classes, the mean of the sets' own with more.
 */
export function curvatureOfBlock(x: usize, result: usize): void {
  const p = job.nColumns;
  const scores = job.scores;
  const size = 8 * (<usize>p + 1);
  const weights = scoreSets(x);
  if (job.nSets == 1) binaryCurvature(scores, weights);
  else multinomialCurvature(scores, job.nSets, weights);
  addGram(scores, x, p, result, size);
  addProducts(scores, x, p, result + <usize>p * size);
}

/**
 * Moves the block's columns to mean 0 in place. Writes their weighted means and the block's weight to `means`, and adds
 * the weighted products of the moved columns to `gram` (nColumns × nColumns, lower triangle).
 */
export function momentsOfBlock(x: usize, weights: usize, means: usize, gram: usize): void {
  const p = job.nColumns;
  memory.fill(means, 0, 8 * (<usize>p + 1));
  addProducts(weights, x, p, means);
  const weight = load<f64>(means + 8 * <usize>p);
  for (let j: usize = 0; j < <usize>p; j++) {
    const column = x + j * STRIDE_BYTES;
    const mean = load<f64>(means + 8 * j) / weight;
    store<f64>(means + 8 * j, mean);
    const shift = f64x2.splat(mean);
    for (let at: usize = 0; at < BYTES; at += 16) {
      v128.store(column + at, f64x2.sub(v128.load(column + at), shift));
    }
  }
  addGram(weights, x, p, gram, 8 * <usize>p);
}
