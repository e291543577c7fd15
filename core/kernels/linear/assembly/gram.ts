/*
 * The matrix of all products of two columns, Σ of factor[row]·x[i][row]·x[j][row]: the normal equations of least squares,
 * and the second derivatives of the logistic loss.
 *
 * Three columns by three at a time: six loads feed nine sums, which is as many as the registers hold. Where p is not a
 * multiple of three the last column stands in for those that are missing, and what it gives is thrown away.
 */

import { BYTES, increase, STRIDE_BYTES, total } from './columns';

/** Adds the products to the lower triangle (i ≥ j) of `gram`, whose rows are `rowBytes` apart. */
export function addGram(factor: usize, x: usize, p: i32, gram: usize, rowBytes: usize): void {
  for (let i = 0; i < p; i += 3) {
    for (let j = 0; j <= i; j += 3) addNine(factor, x, p, gram, rowBytes, i, j);
  }
}

function addNine(factor: usize, x: usize, p: i32, gram: usize, rowBytes: usize, i: i32, j: i32): void {
  const last = p - 1;
  const i0 = x + <usize>i * STRIDE_BYTES;
  const i1 = x + <usize>min(i + 1, last) * STRIDE_BYTES;
  const i2 = x + <usize>min(i + 2, last) * STRIDE_BYTES;
  const j0 = x + <usize>j * STRIDE_BYTES;
  const j1 = x + <usize>min(j + 1, last) * STRIDE_BYTES;
  const j2 = x + <usize>min(j + 2, last) * STRIDE_BYTES;
  let s00 = f64x2.splat(0);
  let s01 = f64x2.splat(0);
  let s02 = f64x2.splat(0);
  let s10 = f64x2.splat(0);
  let s11 = f64x2.splat(0);
  let s12 = f64x2.splat(0);
  let s20 = f64x2.splat(0);
  let s21 = f64x2.splat(0);
  let s22 = f64x2.splat(0);
  for (let at: usize = 0; at < BYTES; at += 16) {
    const scale = v128.load(factor + at);
    const a0 = f64x2.mul(scale, v128.load(i0 + at));
    const a1 = f64x2.mul(scale, v128.load(i1 + at));
    const a2 = f64x2.mul(scale, v128.load(i2 + at));
    const b0 = v128.load(j0 + at);
    s00 = f64x2.add(s00, f64x2.mul(a0, b0));
    s10 = f64x2.add(s10, f64x2.mul(a1, b0));
    s20 = f64x2.add(s20, f64x2.mul(a2, b0));
    const b1 = v128.load(j1 + at);
    s01 = f64x2.add(s01, f64x2.mul(a0, b1));
    s11 = f64x2.add(s11, f64x2.mul(a1, b1));
    s21 = f64x2.add(s21, f64x2.mul(a2, b1));
    const b2 = v128.load(j2 + at);
    s02 = f64x2.add(s02, f64x2.mul(a0, b2));
    s12 = f64x2.add(s12, f64x2.mul(a1, b2));
    s22 = f64x2.add(s22, f64x2.mul(a2, b2));
  }
  addThree(gram + <usize>i * rowBytes, i, j, s00, s01, s02);
  if (i + 1 < p) addThree(gram + <usize>(i + 1) * rowBytes, i + 1, j, s10, s11, s12);
  if (i + 2 < p) addThree(gram + <usize>(i + 2) * rowBytes, i + 2, j, s20, s21, s22);
}

@inline
function addThree(row: usize, i: i32, j: i32, s0: v128, s1: v128, s2: v128): void {
  const at = row + 8 * <usize>j;
  increase(at, total(s0));
  if (j + 1 <= i) increase(at + 8, total(s1));
  if (j + 2 <= i) increase(at + 16, total(s2));
}
