/* What is known of a leaf. Every thread keeps its own, of the leaves that are still to be split. */
import { BINS, MISSING_BIN } from '../../bins';
import { BY_CATEGORIES, EXCHANGE_BYTES, EXCHANGE_SPLITS, LEAF_GRADIENTS, LEAF_HESSIANS, LEAF_LOWER, LEAF_ROWS, LEAF_SPLIT, LEAF_UPPER, LEAF_VALUE, MISSING_LEFT, SPLIT_BIN, SPLIT_BYTES, SPLIT_FEATURE, SPLIT_FLAGS, SPLIT_GAIN, SPLIT_GRADIENTS, SPLIT_HESSIANS, SPLIT_SCORE, SPLIT_SET } from '../layout';
import { countOf, hessianOf } from './entry';
import { directionOf } from './feature';
import * as job from './parameters';

/** The value that lowers the loss most, −G/(H + λ), or the nearest that the bounds allow. */
function valueOf(gradients: i64, hessians: i64, lower: f64, upper: f64): f64 {
  const sum = hessianOf(hessians) + job.l2;
  return min(max(sum > 0 ? -<f64>gradients / sum : 0, lower), upper);
}

/** Fills in a leaf whose sums are there. */
export function beginLeaf(leaf: usize, lower: f64, upper: f64): void {
  const hessians = load<i64>(leaf, LEAF_HESSIANS);
  store<f64>(leaf, lower, LEAF_LOWER);
  store<f64>(leaf, upper, LEAF_UPPER);
  store<f64>(leaf, valueOf(load<i64>(leaf, LEAF_GRADIENTS), hessians, lower, upper), LEAF_VALUE);
  store<i32>(leaf, <i32>countOf(hessians), LEAF_ROWS);
}

/** Where a thread leaves the best split it finds for the first or the second of two leaves that are searched at once. */
@inline
export function foundSplit(thread: i32, which: i32): usize {
  return job.exchange + EXCHANGE_BYTES * <usize>thread + EXCHANGE_SPLITS + SPLIT_BYTES * <usize>which;
}

/**
 * Copies the best of what the threads found to a leaf. Their features ascend, so the first of equals has the lowest.
 *
 * @returns its gain; 0: none of them found any.
 */
export function chooseSplit(which: i32, leaf: usize): f64 {
  let most = -Infinity;
  let found: usize = 0;
  for (let t = 0; t < job.nThreads; t++) {
    const split = foundSplit(t, which);
    const score = load<f64>(split, SPLIT_SCORE);
    if (!(load<f64>(split, SPLIT_GAIN) > 0 && score > most)) continue;
    most = score;
    found = split;
  }
  if (!found) return 0;
  memory.copy(leaf + LEAF_SPLIT, found, SPLIT_BYTES);
  return load<f64>(found, SPLIT_GAIN);
}

/** Writes the two leaves that a leaf's split makes. Along a feature with a direction the border is half-way between their values. */
export function divideLeaf(leaf: usize, left: usize, right: usize): void {
  const split = leaf + LEAF_SPLIT;
  const gradients = load<i64>(split, SPLIT_GRADIENTS);
  const hessians = load<i64>(split, SPLIT_HESSIANS);
  const otherGradients = load<i64>(leaf, LEAF_GRADIENTS) - gradients;
  const otherHessians = load<i64>(leaf, LEAF_HESSIANS) - hessians;
  const lower = load<f64>(leaf, LEAF_LOWER);
  const upper = load<f64>(leaf, LEAF_UPPER);
  const direction = directionOf(load<i32>(split, SPLIT_FEATURE));
  const border = (valueOf(gradients, hessians, lower, upper) + valueOf(otherGradients, otherHessians, lower, upper)) / 2;
  store<i64>(left, gradients, LEAF_GRADIENTS);
  store<i64>(left, hessians, LEAF_HESSIANS);
  beginLeaf(left, direction < 0 ? border : lower, direction > 0 ? border : upper);
  store<i64>(right, otherGradients, LEAF_GRADIENTS);
  store<i64>(right, otherHessians, LEAF_HESSIANS);
  beginLeaf(right, direction > 0 ? border : lower, direction < 0 ? border : upper);
}

/** Writes for each bin whether the leaf's split sends it left. */
export function sidesOf(leaf: usize): void {
  const split = leaf + LEAF_SPLIT;
  const lastLeft = load<i32>(split, SPLIT_BIN);
  const flags = load<i32>(split, SPLIT_FLAGS);
  for (let bin = 0; bin < BINS; bin++) {
    const chosen = (load<u32>(split + SPLIT_SET + 4 * <usize>(bin >> 5)) >>> (bin & 31)) & 1;
    store<u8>(job.goesLeft + <usize>bin, flags & BY_CATEGORIES ? chosen : <u32>(bin <= lastLeft));
  }
  store<u8>(job.goesLeft, <u8>((flags & MISSING_LEFT) != 0), MISSING_BIN);
}
