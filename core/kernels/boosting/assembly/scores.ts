/* What a finished tree adds to the scores of the rows in its leaves, and the loss on rows that were held out. */
import { exp, log } from './exp';
import { weightOf } from './gradients';

export function addToScores(rows: usize, from: i32, to: i32, scores: usize, value: f64): void {
  for (let i = from; i < to; i++) {
    const at = scores + 8 * <usize>load<u32>(rows + 4 * <usize>i);
    store<f64>(at, load<f64>(at) + value);
  }
}

/** Σ weight · loss of the rows that `used` marks with 0, one after the other. */
export function squaredLoss(scores: usize, target: usize, weights: usize, used: usize, nRows: i32): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<u8>(used + <usize>row)) continue;
    const residual = load<f64>(scores + 8 * <usize>row) - load<f64>(target + 8 * <usize>row);
    sum += 0.5 * residual * residual * weightOf(weights, row);
  }
  return sum;
}

export function binaryLoss(scores: usize, target: usize, weights: usize, used: usize, nRows: i32): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<u8>(used + <usize>row)) continue;
    const score = load<f64>(scores + 8 * <usize>row);
    const toward = load<u8>(target + <usize>row) == 1 ? -score : score;
    sum += (max<f64>(toward, 0) + log(1 + exp(-abs(score)))) * weightOf(weights, row);
  }
  return sum;
}

export function multiclassLoss(scores: usize, target: usize, weights: usize, used: usize, nRows: i32, nClasses: i32): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<u8>(used + <usize>row)) continue;
    let highest = -Infinity;
    for (let k = 0; k < nClasses; k++) highest = max(highest, load<f64>(scores + 8 * (<usize>k * nRows + row)));
    let total: f64 = 0;
    for (let k = 0; k < nClasses; k++) total += exp(load<f64>(scores + 8 * (<usize>k * nRows + row)) - highest);
    const label = <i32>load<u8>(target + <usize>row);
    sum += (log(total) + highest - load<f64>(scores + 8 * (<usize>label * nRows + row))) * weightOf(weights, row);
  }
  return sum;
}
