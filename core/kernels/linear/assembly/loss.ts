/*
 * From scores to the logistic loss, its slope and its curvature, row by row of one block.
 *
 * Two classes: one score s per row. `signed` holds the row's weight, positive for the second class and negative for the
 * first, so m = ±s says how right the score is; the loss is log(1 + e^−m), and 1/(1 + e^m) is the probability given to
 * the wrong class. e^−|m| gives both without overflow.
 *
 * More classes: one score per class; probabilities are the exponentials of the scores less the largest, over their sum.
 */

import { BYTES, STRIDE_BYTES, total } from './columns';
import { exp, log1p } from './elementary';

@inline
function zero(): v128 {
  return f64x2.splat(0);
}

/** Turns scores into residuals (weight × (probability − truth)) in place; returns the block's loss. */
export function binaryLoss(scores: usize, signed: usize): f64 {
  let loss = zero();
  for (let at: usize = 0; at < BYTES; at += 16) {
    const weight = v128.load(signed + at);
    const sign = v128.and(weight, f64x2.splat(-0.0));
    const m = v128.xor(v128.load(scores + at), sign);
    const e = exp(v128.or(m, f64x2.splat(-0.0)));
    const right = f64x2.ge(m, zero());
    const wrong = f64x2.div(v128.bitselect(e, f64x2.splat(1), right), f64x2.add(f64x2.splat(1), e));
    const rowLoss = f64x2.sub(log1p(e), v128.andnot(m, right));
    loss = f64x2.add(loss, f64x2.mul(f64x2.abs(weight), rowLoss));
    v128.store(scores + at, f64x2.neg(f64x2.mul(weight, wrong)));
  }
  return total(loss);
}

/** Turns scores into weight × p·(1 − p), the second derivative, in place. */
export function binaryCurvature(scores: usize, signed: usize): void {
  for (let at: usize = 0; at < BYTES; at += 16) {
    const e = exp(v128.or(v128.load(scores + at), f64x2.splat(-0.0)));
    const whole = f64x2.add(f64x2.splat(1), e);
    const weight = f64x2.abs(v128.load(signed + at));
    v128.store(scores + at, f64x2.div(f64x2.mul(weight, e), f64x2.mul(whole, whole)));
  }
}

/** For every pair of rows: scores become their exponentials less the largest score; returns the sum of the others. */
@inline
function exponentials(scores: usize, k: i32, largest: v128): v128 {
  let others = f64x2.splat(-1);
  for (let c = 0; c < k; c++) {
    const at = scores + <usize>c * STRIDE_BYTES;
    const e = exp(f64x2.sub(v128.load(at), largest));
    v128.store(at, e);
    others = f64x2.add(others, e);
  }
  return others;
}

@inline
function largestOf(scores: usize, k: i32): v128 {
  let largest = v128.load(scores);
  for (let c = 1; c < k; c++) largest = f64x2.pmax(largest, v128.load(scores + <usize>c * STRIDE_BYTES));
  return largest;
}

/** The same for k classes: `labels` holds the row's class 0…k−1, `scores` a column of STRIDE_BYTES bytes per class. */
export function multinomialLoss(scores: usize, k: i32, weights: usize, labels: usize): f64 {
  let loss = zero();
  for (let at: usize = 0; at < BYTES; at += 16) {
    const own = scores + at;
    const label = v128.load(labels + at);
    const weight = v128.load(weights + at);
    const largest = largestOf(own, k);
    let truth = zero();
    for (let c = 0; c < k; c++) {
      const isTrue = f64x2.eq(label, f64x2.splat(<f64>c));
      truth = v128.or(truth, v128.and(isTrue, v128.load(own + <usize>c * STRIDE_BYTES)));
    }
    const others = exponentials(own, k, largest);
    const rowLoss = f64x2.add(log1p(f64x2.pmax(zero(), others)), f64x2.sub(largest, truth));
    loss = f64x2.add(loss, f64x2.mul(weight, rowLoss));
    const share = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), others));
    for (let c = 0; c < k; c++) {
      const to = own + <usize>c * STRIDE_BYTES;
      const isTrue = v128.and(f64x2.eq(label, f64x2.splat(<f64>c)), f64x2.splat(1));
      v128.store(to, f64x2.mul(weight, f64x2.sub(f64x2.mul(v128.load(to), share), isTrue)));
    }
  }
  return total(loss);
}

/** Writes weight × the mean over the classes of p·(1 − p) to the first class's scores. */
export function multinomialCurvature(scores: usize, k: i32, weights: usize): void {
  for (let at: usize = 0; at < BYTES; at += 16) {
    const own = scores + at;
    const weight = v128.load(weights + at);
    const others = exponentials(own, k, largestOf(own, k));
    const share = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), others));
    let sum = zero();
    for (let c = 0; c < k; c++) {
      const p = f64x2.mul(v128.load(own + <usize>c * STRIDE_BYTES), share);
      sum = f64x2.add(sum, f64x2.mul(p, f64x2.sub(f64x2.splat(1), p)));
    }
    v128.store(own, f64x2.mul(weight, f64x2.div(sum, f64x2.splat(<f64>k))));
  }
}
