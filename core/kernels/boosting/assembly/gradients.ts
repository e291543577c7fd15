/*
 * First and second derivative of the loss by each row's score, as a pair of 32-bit numbers per row:
 *
 *   gradient · gradientScale, rounded                             (signed)
 *   hessian · hessianScale, rounded, one bit up, and 1            (0 for a row that is not learned from)
 *
 * Scales are powers of two, chosen by the driver so that no sum over all rows overflows. The 1 counts rows.
 */
import { exp } from './exp';

@inline
function store2(pairs: usize, row: i32, gradient: f64, hessian: f64): void {
  const at = pairs + 8 * <usize>row;
  store<i32>(at, <i32>nearest(gradient));
  store<i32>(at + 4, (<i32>nearest(hessian) << 1) | 1);
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

/** Logistic loss, class 0 or 1 (a byte per row): gradient p − y, hessian p(1 − p). */
export function binaryGradients(scores: usize, target: usize, weights: usize, used: usize, from: i32, to: i32, pairs: usize, gradientScale: f64, hessianScale: f64): void {
  for (let row = from; row < to; row++) {
    if (!isUsed(used, row)) {
      store<u64>(pairs + 8 * <usize>row, 0);
      continue;
    }
    const p = 1 / (1 + exp(-load<f64>(scores + 8 * <usize>row)));
    const weight = weightOf(weights, row);
    const gradient = (p - <f64>load<u8>(target + <usize>row)) * weight;
    store2(pairs, row, gradient * gradientScale, p * (1 - p) * weight * hessianScale);
  }
}

/** The largest |weight · residual| of the rows learned from: what the gradients' scale has to hold. */
export function largestResidual(scores: usize, target: usize, weights: usize, used: usize, from: i32, to: i32): f64 {
  let largest: f64 = 0;
  for (let row = from; row < to; row++) {
    if (!isUsed(used, row)) continue;
    const residual = load<f64>(scores + 8 * <usize>row) - load<f64>(target + 8 * <usize>row);
    largest = max(largest, abs(residual * weightOf(weights, row)));
  }
  return largest;
}

/** Half the squared error: gradient score − y, hessian 1. */
export function squaredGradients(scores: usize, target: usize, weights: usize, used: usize, from: i32, to: i32, pairs: usize, gradientScale: f64, hessianScale: f64): void {
  for (let row = from; row < to; row++) {
    if (!isUsed(used, row)) {
      store<u64>(pairs + 8 * <usize>row, 0);
      continue;
    }
    const weight = weightOf(weights, row);
    const residual = load<f64>(scores + 8 * <usize>row) - load<f64>(target + 8 * <usize>row);
    store2(pairs, row, residual * weight * gradientScale, weight * hessianScale);
  }
}

/**
 * Multinomial loss: for each class the gradient p − [y is the class] and the hessian p(1 − p), p the softmax of the row's
 * scores. Scores and pairs of a class follow those of the class before, nRows apart.
 */
export function multiclassGradients(scores: usize, target: usize, weights: usize, used: usize, from: i32, to: i32, pairs: usize, gradientScale: f64, hessianScale: f64, nRows: i32, nClasses: i32, buffer: usize): void {
  for (let row = from; row < to; row++) {
    let highest = -Infinity;
    for (let k = 0; k < nClasses; k++) highest = max(highest, load<f64>(scores + 8 * (<usize>k * nRows + row)));
    let sum: f64 = 0;
    for (let k = 0; k < nClasses; k++) {
      const e = exp(load<f64>(scores + 8 * (<usize>k * nRows + row)) - highest);
      store<f64>(buffer + 8 * <usize>k, e);
      sum += e;
    }
    const label = <i32>load<u8>(target + <usize>row);
    const weight = weightOf(weights, row);
    const learned = isUsed(used, row);
    for (let k = 0; k < nClasses; k++) {
      const own = pairs + 8 * (<usize>k * nRows);
      if (!learned) {
        store<u64>(own + 8 * <usize>row, 0);
        continue;
      }
      const p = load<f64>(buffer + 8 * <usize>k) / sum;
      store2(own, row, (p - <f64>(k == label)) * weight * gradientScale, p * (1 - p) * weight * hessianScale);
    }
  }
}
