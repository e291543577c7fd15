/* What a finished tree adds to the scores of the rows in its leaves, and the loss on rows that were held out. */
import { exp, log } from './exp';
import { weightOf } from './gradients';
import * as job from './parameters';

/** Adds a leaf's value to the scores of its rows, `from`…`to` − 1 of the list. `scores`: those of the tree's output. */
export function addToScores(from: i32, to: i32, scores: usize, value: f64): void {
  const rows = job.rows;
  for (let i = from; i < to; i++) {
    const at = scores + 8 * <usize>load<u32>(rows + 4 * <usize>i);
    store<f64>(at, load<f64>(at) + value);
  }
}

/** Σ weight · loss of the rows that are held out, one after the other. */
export function squaredLoss(): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < job.nRows; row++) {
    if (load<u8>(job.learned + <usize>row)) continue;
    const residual = load<f64>(job.scores + 8 * <usize>row) - load<f64>(job.target + 8 * <usize>row);
    sum += 0.5 * residual * residual * weightOf(job.weights, row);
  }
  return sum;
}

export function binaryLoss(): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < job.nRows; row++) {
    if (load<u8>(job.learned + <usize>row)) continue;
    const score = load<f64>(job.scores + 8 * <usize>row);
    const toward = load<u8>(job.target + <usize>row) == 1 ? -score : score;
    sum += (max<f64>(toward, 0) + log(1 + exp(-abs(score)))) * weightOf(job.weights, row);
  }
  return sum;
}

export function multiclassLoss(): f64 {
  const nRows = job.nRows;
  const scores = job.scores;
  let sum: f64 = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<u8>(job.learned + <usize>row)) continue;
    let highest = -Infinity;
    for (let k = 0; k < job.nOutputs; k++) highest = max(highest, load<f64>(scores + 8 * (<usize>k * nRows + row)));
    let total: f64 = 0;
    for (let k = 0; k < job.nOutputs; k++) total += exp(load<f64>(scores + 8 * (<usize>k * nRows + row)) - highest);
    const label = <i32>load<u8>(job.target + <usize>row);
    sum += (log(total) + highest - load<f64>(scores + 8 * (<usize>label * nRows + row))) * weightOf(job.weights, row);
  }
  return sum;
}
