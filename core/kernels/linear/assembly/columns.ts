/*
 * Sums over the rows of one block, column by column. Rows that the table does not have are 0.
 *
 * Every loop keeps several sums in registers: one addition waits for the one before it, four or nine do not wait for
 * each other.
 */
import { BLOCK_ROWS, STRIDE } from '../layout';

/** A block's part of a column. */
export const BYTES: usize = 8 * BLOCK_ROWS;
export const STRIDE_BYTES: usize = 8 * STRIDE;

/** Both halves of a pair, added up. */
@inline
export function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

@inline
export function increase(at: usize, by: f64): void {
  store<f64>(at, load<f64>(at) + by);
}

/** scores[row] = intercept + Σⱼ coefficients[j]·x[j][row]; the intercept stands after the p coefficients. */
export function scoreRows(x: usize, p: i32, coefficients: usize, scores: usize): void {
  const intercept = f64x2.splat(load<f64>(coefficients + 8 * <usize>p));
  for (let at: usize = 0; at < BYTES; at += 16) v128.store(scores + at, intercept);
  let j = 0;
  for (; j + 4 <= p; j += 4) {
    const column = x + <usize>j * STRIDE_BYTES;
    const own = coefficients + 8 * <usize>j;
    const a = v128.load64_splat(own);
    const b = v128.load64_splat(own, 8);
    const c = v128.load64_splat(own, 16);
    const d = v128.load64_splat(own, 24);
    for (let at: usize = 0; at < BYTES; at += 16) {
      const ab = f64x2.add(
        f64x2.mul(a, v128.load(column + at)),
        f64x2.mul(b, v128.load(column + at, STRIDE_BYTES)),
      );
      const cd = f64x2.add(
        f64x2.mul(c, v128.load(column + at, 2 * STRIDE_BYTES)),
        f64x2.mul(d, v128.load(column + at, 3 * STRIDE_BYTES)),
      );
      v128.store(scores + at, f64x2.add(v128.load(scores + at), f64x2.add(ab, cd)));
    }
  }
  for (; j < p; j++) {
    const column = x + <usize>j * STRIDE_BYTES;
    const a = v128.load64_splat(coefficients + 8 * <usize>j);
    for (let at: usize = 0; at < BYTES; at += 16) {
      v128.store(scores + at, f64x2.add(v128.load(scores + at), f64x2.mul(a, v128.load(column + at))));
    }
  }
}

/** Adds Σ of factor[row]·x[j][row] to sums[j] for every column, and Σ of factor[row] to sums[p]. */
export function addProducts(factor: usize, x: usize, p: i32, sums: usize): void {
  let j = 0;
  for (; j + 4 <= p; j += 4) {
    const column = x + <usize>j * STRIDE_BYTES;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    let e = f64x2.splat(0);
    let f = f64x2.splat(0);
    let g = f64x2.splat(0);
    let h = f64x2.splat(0);
    for (let at: usize = 0; at < BYTES; at += 32) {
      const here = column + at;
      const first = v128.load(factor + at);
      const second = v128.load(factor + at, 16);
      a = f64x2.add(a, f64x2.mul(first, v128.load(here)));
      b = f64x2.add(b, f64x2.mul(first, v128.load(here, STRIDE_BYTES)));
      c = f64x2.add(c, f64x2.mul(first, v128.load(here, 2 * STRIDE_BYTES)));
      d = f64x2.add(d, f64x2.mul(first, v128.load(here, 3 * STRIDE_BYTES)));
      e = f64x2.add(e, f64x2.mul(second, v128.load(here, 16)));
      f = f64x2.add(f, f64x2.mul(second, v128.load(here, STRIDE_BYTES + 16)));
      g = f64x2.add(g, f64x2.mul(second, v128.load(here, 2 * STRIDE_BYTES + 16)));
      h = f64x2.add(h, f64x2.mul(second, v128.load(here, 3 * STRIDE_BYTES + 16)));
    }
    const own = sums + 8 * <usize>j;
    increase(own, total(f64x2.add(a, e)));
    increase(own + 8, total(f64x2.add(b, f)));
    increase(own + 16, total(f64x2.add(c, g)));
    increase(own + 24, total(f64x2.add(d, h)));
  }
  for (; j < p; j++) {
    const column = x + <usize>j * STRIDE_BYTES;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    for (let at: usize = 0; at < BYTES; at += 32) {
      a = f64x2.add(a, f64x2.mul(v128.load(factor + at), v128.load(column + at)));
      b = f64x2.add(b, f64x2.mul(v128.load(factor + at, 16), v128.load(column + at, 16)));
    }
    increase(sums + 8 * <usize>j, total(f64x2.add(a, b)));
  }
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let at: usize = 0; at < BYTES; at += 32) {
    a = f64x2.add(a, v128.load(factor + at));
    b = f64x2.add(b, v128.load(factor + at, 16));
  }
  increase(sums + 8 * <usize>p, total(f64x2.add(a, b)));
}
