/*
 * What is known of a leaf, in 128 bytes:
 *
 *     0   gradients i64, hessians and count i64, lower bound f64, upper bound f64: the node that `split` searches
 *    32   its value f64, in the scale of the sums
 *    40   its rows i32
 *    48   the best split found, as `split` writes it
 *
 * Every thread keeps its own, of the leaves that are still to be split.
 */
import { directionOf } from './feature';
import { countMask, lambda, shift } from './split';

const SPLIT: usize = 48;
const SPLIT_BYTES: usize = 80;

/** The value that lowers the loss most, −G/(H + λ), or the nearest that the bounds allow. */
function valueOf(gradients: i64, hessians: i64, lower: f64, upper: f64): f64 {
  const sum = <f64>(hessians >>> <i64>shift) + lambda;
  return min(max(sum > 0 ? -<f64>gradients / sum : 0, lower), upper);
}

/** Fills in a leaf whose sums are there. */
export function beginLeaf(leaf: usize, lower: f64, upper: f64): void {
  const hessians = load<i64>(leaf, 8);
  store<f64>(leaf, lower, 16);
  store<f64>(leaf, upper, 24);
  store<f64>(leaf, valueOf(load<i64>(leaf), hessians, lower, upper), 32);
  store<i32>(leaf, <i32>(hessians & countMask), 40);
}

/**
 * Copies the best of what the threads found, `apart` bytes from each other, to a leaf. Their features ascend, so the first of
 * equals has the lowest.
 *
 * @returns its gain; 0: none of them found any.
 */
export function chooseSplit(splits: usize, apart: usize, nThreads: i32, leaf: usize): f64 {
  let most = -Infinity;
  let found: usize = 0;
  for (let t = 0; t < nThreads; t++) {
    const split = splits + apart * <usize>t;
    const score = load<f64>(split, 72);
    if (!(load<f64>(split) > 0 && score > most)) continue;
    most = score;
    found = split;
  }
  if (!found) return 0;
  memory.copy(leaf + SPLIT, found, SPLIT_BYTES);
  return load<f64>(found);
}

/** Writes the two leaves that a leaf's split makes. Along a feature with a direction the border is half-way between their values. */
export function divideLeaf(leaf: usize, features: usize, left: usize, right: usize): void {
  const split = leaf + SPLIT;
  const gradients = load<i64>(split, 8);
  const hessians = load<i64>(split, 16);
  const otherGradients = load<i64>(leaf) - gradients;
  const otherHessians = load<i64>(leaf, 8) - hessians;
  const lower = load<f64>(leaf, 16);
  const upper = load<f64>(leaf, 24);
  const direction = directionOf(features, load<i32>(split, 24));
  const border = (valueOf(gradients, hessians, lower, upper) + valueOf(otherGradients, otherHessians, lower, upper)) / 2;
  store<i64>(left, gradients);
  store<i64>(left, hessians, 8);
  beginLeaf(left, direction < 0 ? border : lower, direction > 0 ? border : upper);
  store<i64>(right, otherGradients);
  store<i64>(right, otherHessians, 8);
  beginLeaf(right, direction > 0 ? border : lower, direction < 0 ? border : upper);
}

/** Writes for each of the 256 bins whether the leaf's split sends it left. */
export function sidesOf(leaf: usize, goesLeft: usize): void {
  const split = leaf + SPLIT;
  const lastLeft = load<i32>(split, 28);
  const flags = load<i32>(split, 32);
  for (let bin = 0; bin < 255; bin++) {
    const chosen = (load<u32>(split + 40 + 4 * <usize>(bin >> 5)) >>> (bin & 31)) & 1;
    store<u8>(goesLeft + <usize>bin, flags & 2 ? chosen : <u32>(bin <= lastLeft));
  }
  store<u8>(goesLeft, flags & 1, 255);
}
