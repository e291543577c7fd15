/*
 * First and second derivative of the loss by each row's score, as a pair of 32-bit numbers per row:
 *
 *   gradient · gradientScale, rounded                             (signed)
 *   hessian · hessianScale, rounded, one bit up, and 1            (0 for a row that is not learned from)
 *
 * Scales are powers of two, chosen by the driver so that no sum over all rows overflows. The 1 counts rows.
 */
import { PAIR_BYTES, PAIR_GRADIENT, PAIR_HESSIAN } from '../layout';
import { exp } from './exp';
import * as job from './parameters';

@inline
function storePair(pairs: usize, row: i32, gradient: f64, hessian: f64): void {
  const at = pairs + PAIR_BYTES * <usize>row;
  store<i32>(at, <i32>nearest(gradient), PAIR_GRADIENT);
  store<i32>(at, (<i32>nearest(hessian) << 1) | 1, PAIR_HESSIAN);
}

@inline
function storeNone(pairs: usize, row: i32): void {
  store<u64>(pairs + PAIR_BYTES * <usize>row, 0);
}

@inline
export function weightOf(weights: usize, row: i32): f64 {
  return weights ? load<f64>(weights + 8 * <usize>row) : 1;
}

/** Whether a row is learned from in this round. */
@inline
function isUsed(used: usize, row: i32): bool {
  return used == 0 || load<u8>(used + <usize>row) != 0;
}

/** Logistic loss of the rows `from`…`to` − 1, class 0 or 1: gradient p − y, hessian p(1 − p). */
export function binaryGradients(from: i32, to: i32, gradientScale: f64): void {
  const scores = job.scores;
  const target = job.target;
  const weights = job.weights;
  const used = job.used;
  const pairs = job.pairs;
  const hessianScale = job.hessianScale;
  for (let row = from; row < to; row++) {
    if (!isUsed(used, row)) {
      storeNone(pairs, row);
      continue;
    }
    const p = 1 / (1 + exp(-load<f64>(scores + 8 * <usize>row)));
    const weight = weightOf(weights, row);
    const gradient = (p - <f64>load<u8>(target + <usize>row)) * weight;
    storePair(pairs, row, gradient * gradientScale, p * (1 - p) * weight * hessianScale);
  }
}

/** The largest |weight · residual| of the rows learned from: what the gradients' scale has to hold. */
export function largestResidual(from: i32, to: i32): f64 {
  const scores = job.scores;
  const target = job.target;
  const weights = job.weights;
  const used = job.used;
  let largest: f64 = 0;
  for (let row = from; row < to; row++) {
    if (!isUsed(used, row)) continue;
    const residual = load<f64>(scores + 8 * <usize>row) - load<f64>(target + 8 * <usize>row);
    largest = max(largest, abs(residual * weightOf(weights, row)));
  }
  return largest;
}

/** Half the squared error: gradient score − y, hessian 1. */
export function squaredGradients(from: i32, to: i32, gradientScale: f64): void {
  const scores = job.scores;
  const target = job.target;
  const weights = job.weights;
  const used = job.used;
  const pairs = job.pairs;
  const hessianScale = job.hessianScale;
  for (let row = from; row < to; row++) {
    if (!isUsed(used, row)) {
      storeNone(pairs, row);
      continue;
    }
    const weight = weightOf(weights, row);
    const residual = load<f64>(scores + 8 * <usize>row) - load<f64>(target + 8 * <usize>row);
    storePair(pairs, row, residual * weight * gradientScale, weight * hessianScale);
  }
}

/**
 * Multinomial loss: for each class the gradient p − [y is the class] and the hessian p(1 − p), p the softmax of the row's
 * scores. Scores and pairs of a class follow those of the class before.
 */
export function multiclassGradients(from: i32, to: i32, gradientScale: f64): void {
  const scores = job.scores;
  const target = job.target;
  const weights = job.weights;
  const used = job.used;
  const hessianScale = job.hessianScale;
  const nRows = job.nRows;
  const nClasses = job.nOutputs;
  const exponentials = job.scratch;
  for (let row = from; row < to; row++) {
    let highest = -Infinity;
    for (let k = 0; k < nClasses; k++) highest = max(highest, load<f64>(scores + 8 * (<usize>k * nRows + row)));
    let sum: f64 = 0;
    for (let k = 0; k < nClasses; k++) {
      const e = exp(load<f64>(scores + 8 * (<usize>k * nRows + row)) - highest);
      store<f64>(exponentials + 8 * <usize>k, e);
      sum += e;
    }
    const label = <i32>load<u8>(target + <usize>row);
    const weight = weightOf(weights, row);
    const learned = isUsed(used, row);
    for (let k = 0; k < nClasses; k++) {
      const pairs = job.pairs + PAIR_BYTES * (<usize>k * nRows);
      if (!learned) {
        storeNone(pairs, row);
        continue;
      }
      const p = load<f64>(exponentials + 8 * <usize>k) / sum;
      storePair(pairs, row, (p - <f64>(k == label)) * weight * gradientScale, p * (1 - p) * weight * hessianScale);
    }
  }
}
