/*
 * The common case in one go: one output, leaves of any size. The borders between bins are tried while
 * the bins are read, with the sums of both sides in the lanes of a vector; missing values are tried on both sides of each.
 */
import { BINS, MISSING_BIN } from '../../bins';
import { ROW_BINS, SUM_BYTES } from '../layout';
import * as job from './parameters';
import { best, offer } from './split';

/** The best score so far, as a fraction: comparing fractions needs no division, and equal splits are exactly equal. */
let above: f64 = 0;
let below: f64 = 1;
let before: i32 = -1;
let after: i32 = 0;
let missingLeft: i32 = 0;
let larger: i32 = 0;

/** Tries the features at a place of the batch that was summed last. False when all rows have one bin. */
export function scanBins(place: i32, feature: i32): bool {
  const used = job.binMarks + BINS * <usize>place;
  const sums = job.binSums + SUM_BYTES * BINS * <usize>place;
  const zero = i64x2.splat(0);
  const total = v128.load(job.total);
  const hasMissing = load<u8>(used + MISSING_BIN) != 0;
  let missing = zero;
  if (hasMissing) {
    missing = v128.load(sums + SUM_BYTES * MISSING_BIN);
    v128.store(sums + SUM_BYTES * MISSING_BIN, zero);
    store<u8>(used + MISSING_BIN, 0);
  }
  start();
  let left = zero;
  let first = -1;
  let last = -1;
  for (let group: usize = 0; group < <usize>BINS; group += 64) {
    let mask = takeMarks(used + group);
    while (mask != 0) {
      const bin = <i32>group + <i32>ctz(mask);
      mask &= mask - 1;
      if (last < 0) first = bin;
      else {
        tryBorder(left, total, last, bin, 0);
        if (hasMissing) tryBorder(v128.add<f64>(left, missing), total, last, bin, 1);
      }
      const sum = sums + SUM_BYTES * <usize>bin;
      left = v128.add<f64>(left, v128.load(sum));
      v128.store(sum, zero);
      last = bin;
    }
  }
  return finish(feature, left, total, first, last, hasMissing);
}

/** The same for few rows, which are sorted by bin. */
export function scanFew(from: usize, end: usize, feature: i32): bool {
  const bins = ROW_BINS + <usize>feature;
  const stride = job.stride;
  const keys = job.keys;
  let top = keys;
  const zero = i64x2.splat(0);
  const total = v128.load(job.total);
  let missing = zero;
  let hasMissing = false;
  for (let row = from; row < end; row += stride) {
    const bin = load<u8>(row + bins);
    if (bin == MISSING_BIN) {
      missing = v128.add<f64>(missing, v128.load(row));
      hasMissing = true;
      continue;
    }
    const key = (<u64>bin << 32) | <u64>row;
    let at = top;
    while (at > keys) {
      const other = load<u64>(at - 8);
      if (other <= key) break;
      store<u64>(at, other);
      at -= 8;
    }
    store<u64>(at, key);
    top += 8;
  }
  start();
  let left = zero;
  let first = -1;
  let last = -1;
  for (let at = keys; at < top; at += 8) {
    const key = load<u64>(at);
    const bin = <i32>(key >> 32);
    if (last < 0) first = bin;
    else if (bin != last) {
      tryBorder(left, total, last, bin, 0);
      if (hasMissing) tryBorder(v128.add<f64>(left, missing), total, last, bin, 1);
    }
    left = v128.add<f64>(left, v128.load(<usize>(key & 0xffffffff)));
    last = bin;
  }
  return finish(feature, left, total, first, last, hasMissing);
}

/** Which of 64 bins are in use, a bit each; their marks are cleared. */
@inline
function takeMarks(at: usize): u64 {
  const mask = bitsOf(at) | (bitsOf(at + 16) << 16) | (bitsOf(at + 32) << 32) | (bitsOf(at + 48) << 48);
  const zero = i64x2.splat(0);
  v128.store(at, zero);
  v128.store(at, zero, 16);
  v128.store(at, zero, 32);
  v128.store(at, zero, 48);
  return mask;
}

@inline
function bitsOf(at: usize): u64 {
  return <u64>i8x16.bitmask(v128.neg<i8>(v128.load(at)));
}

@inline
function start(): void {
  above = best.above;
  below = best.below;
  before = -1;
}

@inline
function tryBorder(left: v128, total: v128, lower: i32, upper: i32, side: i32): void {
  const right = v128.sub<f64>(total, left);
  const targets = v128.shuffle<f64>(left, right, 1, 3);
  const weights = v128.shuffle<f64>(left, right, 0, 2);
  const crossed = v128.mul<f64>(v128.mul<f64>(targets, targets), v128.shuffle<f64>(weights, weights, 1, 0));
  const over = f64x2.extract_lane(crossed, 0) + f64x2.extract_lane(crossed, 1);
  const under = f64x2.extract_lane(weights, 0) * f64x2.extract_lane(weights, 1);
  if (over * below <= above * under) return;
  above = over;
  below = under;
  before = lower;
  after = upper;
  missingLeft = side;
  larger = <i32>(f64x2.extract_lane(weights, 0) >= f64x2.extract_lane(weights, 1));
}

/** All values to the left of the missing ones is a border too. */
@inline
function finish(feature: i32, left: v128, total: v128, first: i32, last: i32, hasMissing: bool): bool {
  if (last >= 0 && hasMissing) tryBorder(left, total, last, last + 1, 0);
  if (before >= 0) offer(above, below, feature, (before + after) >> 1, hasMissing ? missingLeft : larger);
  return last != first || (hasMissing && last >= 0);
}
