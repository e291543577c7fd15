/*
 * A node's rows, summed by the bin of a feature: "runs", in the order of bins, empty bins left out.
 *
 * Many rows are added up in 256 sums, for up to four features at a time, whose additions do not wait for one another; a
 * byte per bin notes which are in use, and sums are cleared as they are read. Few rows are sorted by bin instead.
 */
import { BINS } from '../../bins';
import { BATCH, ROW_BINS, SUM_BYTES } from '../layout';
import * as job from './parameters';
import { addRow, countsRows } from './sums';

/** Up to so many rows are sorted. */
const FEW: i32 = 5;

/** The runs made last. */
export namespace runs {
  export let n: i32 = 0;
}

export function isFew(n: i32): bool {
  return n <= FEW;
}

@inline
function addTo(place: i32, bin: i32, row: usize): void {
  const slot = BINS * place + bin;
  addRow(job.binSums + job.sumBytes * <usize>slot, row);
  store<u8>(job.binMarks + <usize>slot, 1);
}

/** Sums the rows `from`…`end` by the bins of the features listed, up to `BATCH`; `readRuns` takes them out one by one. */
export function sumByBin(from: usize, end: usize, features: usize, n: i32): void {
  if (n == BATCH && !job.isMulticlass && !countsRows()) return sumFour(from, end, features);
  for (let i = 0; i < n; i++) {
    const bins = ROW_BINS + <usize>load<i32>(features + 4 * <usize>i);
    if (job.isMulticlass || countsRows()) sumOne(from, end, bins, i);
    else for (let row = from; row < end; row += job.stride) addWhat(job.binSums, job.binMarks, <usize>(BINS * i) + <usize>load<u8>(row + bins), v128.load(row));
  }
}

function sumOne(from: usize, end: usize, bins: usize, place: i32): void {
  for (let row = from; row < end; row += job.stride) {
    const bin = load<u8>(row + bins);
    addTo(place, bin, row);
    if (!countsRows()) continue;
    const count = job.binRows + 4 * <usize>(BINS * place + bin);
    store<u32>(count, load<u32>(count) + 1);
  }
}

function sumFour(from: usize, end: usize, features: usize): void {
  const a = ROW_BINS + <usize>load<i32>(features);
  const b = ROW_BINS + <usize>load<i32>(features, 4);
  const c = ROW_BINS + <usize>load<i32>(features, 8);
  const d = ROW_BINS + <usize>load<i32>(features, 12);
  const stride = job.stride;
  const first = job.binSums;
  const used = job.binMarks;
  for (let row = from; row < end; row += stride) {
    const what = v128.load(row);
    addWhat(first, used, <usize>load<u8>(row + a), what);
    addWhat(first, used, BINS + <usize>load<u8>(row + b), what);
    addWhat(first, used, 2 * BINS + <usize>load<u8>(row + c), what);
    addWhat(first, used, 3 * BINS + <usize>load<u8>(row + d), what);
  }
}

@inline
function addWhat(first: usize, used: usize, slot: usize, what: v128): void {
  const at = first + SUM_BYTES * slot;
  v128.store(at, v128.add<f64>(v128.load(at), what));
  store<u8>(used + slot, 1);
}

/** Makes the runs of the feature at a place of the batch. */
export function readRuns(place: i32): void {
  const used = job.binMarks + BINS * <usize>place;
  let n = 0;
  for (let group: usize = 0; group < <usize>BINS; group += 16) {
    const marks = v128.load(used + group);
    if (!v128.any_true(marks)) continue;
    v128.store(used + group, i64x2.splat(0));
    let mask = i8x16.bitmask(v128.neg<i8>(marks));
    while (mask != 0) {
      const bin = <i32>group + ctz(mask);
      mask &= mask - 1;
      takeSum(BINS * place + bin, n);
      store<i32>(job.runBins + 4 * <usize>n, bin);
      n++;
    }
  }
  runs.n = n;
}

/** Moves a bin's sum to the end of the runs, and leaves 0 behind. */
@inline
function takeSum(slot: i32, n: i32): void {
  if (job.isMulticlass) {
    const sum = job.binSums + job.sumBytes * <usize>slot;
    const run = job.runSums + job.sumBytes * <usize>n;
    for (let byte: usize = 0; byte < job.sumBytes; byte += 8) {
      store<f64>(run + byte, load<f64>(sum + byte));
      store<f64>(sum + byte, 0);
    }
  } else {
    const sum = job.binSums + SUM_BYTES * <usize>slot;
    v128.store(job.runSums + SUM_BYTES * <usize>n, v128.load(sum));
    v128.store(sum, i64x2.splat(0));
  }
  if (!countsRows()) return;
  const count = job.binRows + 4 * <usize>slot;
  store<i32>(job.runRows + 4 * <usize>n, load<i32>(count));
  store<i32>(count, 0);
}

/** The same for few rows: sorting them is cheaper than looking through all bins. */
export function sortRuns(from: usize, end: usize, feature: i32): void {
  const bins = ROW_BINS + <usize>feature;
  const stride = job.stride;
  const keys = job.keys;
  let last = keys;
  for (let row = from; row < end; row += stride) {
    const key = (<u64>load<u8>(row + bins) << 32) | <u64>row;
    let at = last;
    while (at > keys) {
      const other = load<u64>(at - 8);
      if (other <= key) break;
      store<u64>(at, other);
      at -= 8;
    }
    store<u64>(at, key);
    last += 8;
  }
  let n = -1;
  let bin: u64 = BINS;
  for (let at = keys; at < last; at += 8) {
    const key = load<u64>(at);
    const row = <usize>(key & 0xffffffff);
    if (key >> 32 != bin) {
      n++;
      bin = key >> 32;
      store<i32>(job.runBins + 4 * <usize>n, <i32>bin);
      store<i32>(job.runRows + 4 * <usize>n, 1);
      if (!job.isMulticlass) {
        v128.store(job.runSums + SUM_BYTES * <usize>n, v128.load(row));
        continue;
      }
      memory.fill(job.runSums + job.sumBytes * <usize>n, 0, job.sumBytes);
    } else {
      const rows = job.runRows + 4 * <usize>n;
      store<i32>(rows, load<i32>(rows) + 1);
    }
    addRow(job.runSums + job.sumBytes * <usize>n, row);
  }
  runs.n = n + 1;
}
