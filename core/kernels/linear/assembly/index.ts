/*
 * Sums for linear models, one block of 512 rows per call: the caller adds the blocks up in their order, so that a sum
 * does not depend on who computed which block. (A call per block also lets V8 swap in optimised code between calls.)
 *
 * Addresses: `x` p columns of the block; per row `weights`, and `labels` of the classes (with two classes the sign of the
 * weight is the label); `coefficients` p + 1 per set, the intercept last; `scores` working memory, a column per set.
 */

import { addProducts, BYTES, scoreRows, STRIDE } from './columns';
import { addGram } from './gram';
import { binaryCurvature, binaryLoss, multinomialCurvature, multinomialLoss } from './loss';

/** Writes the logistic loss of the block to `result`, and its gradient (per set p + 1) behind it. */
export function lossOfBlock(
  x: usize,
  p: i32,
  sets: i32,
  weights: usize,
  labels: usize,
  coefficients: usize,
  scores: usize,
  result: usize,
): void {
  const size = 8 * (<usize>p + 1);
  memory.fill(result, 0, 8 + <usize>sets * size);
  for (let c: usize = 0; c < <usize>sets; c++) scoreRows(x, p, coefficients + c * size, scores + c * STRIDE);
  store<f64>(result, sets == 1 ? binaryLoss(scores, weights) : multinomialLoss(scores, sets, weights, labels));
  for (let c: usize = 0; c < <usize>sets; c++) addProducts(scores + c * STRIDE, x, p, result + 8 + c * size);
}

/**
 * Adds second derivatives of the block's loss to `result`, (p + 1) × (p + 1), lower triangle: those of the one set with
 * two classes, the mean of the sets' own with more.
 */
export function curvatureOfBlock(
  x: usize,
  p: i32,
  sets: i32,
  weights: usize,
  coefficients: usize,
  scores: usize,
  result: usize,
): void {
  const size = 8 * (<usize>p + 1);
  for (let c: usize = 0; c < <usize>sets; c++) scoreRows(x, p, coefficients + c * size, scores + c * STRIDE);
  if (sets == 1) binaryCurvature(scores, weights);
  else multinomialCurvature(scores, sets, weights);
  addGram(scores, x, p, result, size);
  addProducts(scores, x, p, result + <usize>p * size);
}

/**
 * Moves the block's columns to mean 0 in place. Writes their p weighted means and the block's weight to `means`, and adds
 * the weighted products of the moved columns to `gram` (p × p, lower triangle).
 */
export function momentsOfBlock(x: usize, p: i32, weights: usize, means: usize, gram: usize): void {
  memory.fill(means, 0, 8 * (<usize>p + 1));
  addProducts(weights, x, p, means);
  const weight = load<f64>(means + 8 * <usize>p);
  for (let j: usize = 0; j < <usize>p; j++) {
    const column = x + j * STRIDE;
    const mean = load<f64>(means + 8 * j) / weight;
    store<f64>(means + 8 * j, mean);
    const shift = f64x2.splat(mean);
    for (let at: usize = 0; at < BYTES; at += 16) {
      v128.store(column + at, f64x2.sub(v128.load(column + at), shift));
    }
  }
  addGram(weights, x, p, gram, 8 * <usize>p);
}
