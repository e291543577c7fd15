/*
 * A node's rows, summed by the bin of a feature: "runs", in the order of bins, empty bins left out.
 *
 * Many rows are added up in 256 sums, for up to four features at a time, whose additions do not wait for one another; a
 * byte per bin notes which are in use, and sums are cleared as they are read. Few rows are sorted by bin instead.
 */
import { addRow, align, HEAD, state } from './state';

export const BATCH: i32 = 4;
/** Up to so many rows are sorted. */
const FEW: i32 = 5;

let counts: usize = 0;

/** Where rows are summed by bin: 256 sums and marks per feature of the batch; and room for 256 keys to sort. */
export namespace batch {
  export let sums: usize = 0;
  export let inUse: usize = 0;
  export let order: usize = 0;
}

/** The runs made last: a sum, a bin and a number of rows each. */
export namespace runs {
  export let n: i32 = 0;
  export let sums: usize = 0;
  export let bins: usize = 0;
  export let rows: usize = 0;
}

export function layoutRuns(at: usize): usize {
  batch.sums = align(at);
  counts = batch.sums + state.sumBytes * 256 * BATCH;
  batch.inUse = counts + 4 * 256 * BATCH;
  batch.order = batch.inUse + 256 * BATCH;
  runs.sums = align(batch.order + 8 * 256);
  runs.bins = runs.sums + state.sumBytes * 256;
  runs.rows = runs.bins + 4 * 256;
  const end = runs.rows + 4 * 256;
  memory.fill(batch.sums, 0, end - batch.sums);
  return end;
}

export function isFew(n: i32): bool {
  return n <= FEW;
}

@inline
function addTo(place: i32, bin: i32, row: usize): void {
  const slot = (place << 8) + bin;
  addRow(batch.sums + state.sumBytes * <usize>slot, row);
  store<u8>(batch.inUse + <usize>slot, 1);
}

/** Sums the rows `from`…`end` by the bins of the features listed, up to `BATCH`; `readRuns` takes them out one by one. */
export function sumByBin(from: usize, end: usize, features: usize, n: i32): void {
  if (n == BATCH && !state.isMulticlass && !state.countsRows) return sumFour(from, end, features);
  for (let i = 0; i < n; i++) {
    const bins = HEAD + <usize>load<i32>(features + 4 * <usize>i);
    if (state.isMulticlass || state.countsRows) sumOne(from, end, bins, i);
    else for (let row = from; row < end; row += state.stride) addWhat(batch.sums, batch.inUse, <usize>(i << 8) + <usize>load<u8>(row + bins), v128.load(row));
  }
}

function sumOne(from: usize, end: usize, bins: usize, place: i32): void {
  for (let row = from; row < end; row += state.stride) {
    const bin = load<u8>(row + bins);
    addTo(place, bin, row);
    if (!state.countsRows) continue;
    const count = counts + 4 * <usize>((place << 8) + bin);
    store<u32>(count, load<u32>(count) + 1);
  }
}

function sumFour(from: usize, end: usize, features: usize): void {
  const a = HEAD + <usize>load<i32>(features);
  const b = HEAD + <usize>load<i32>(features, 4);
  const c = HEAD + <usize>load<i32>(features, 8);
  const d = HEAD + <usize>load<i32>(features, 12);
  const stride = state.stride;
  const first = batch.sums;
  const used = batch.inUse;
  for (let row = from; row < end; row += stride) {
    const what = v128.load(row);
    addWhat(first, used, <usize>load<u8>(row + a), what);
    addWhat(first, used, 256 + <usize>load<u8>(row + b), what);
    addWhat(first, used, 512 + <usize>load<u8>(row + c), what);
    addWhat(first, used, 768 + <usize>load<u8>(row + d), what);
  }
}

@inline
function addWhat(first: usize, used: usize, slot: usize, what: v128): void {
  const at = first + (slot << 4);
  v128.store(at, v128.add<f64>(v128.load(at), what));
  store<u8>(used + slot, 1);
}

/** Makes the runs of the feature at a place of the batch. */
export function readRuns(place: i32): void {
  const used = batch.inUse + 256 * <usize>place;
  let n = 0;
  for (let group: usize = 0; group < 256; group += 16) {
    const marks = v128.load(used + group);
    if (!v128.any_true(marks)) continue;
    v128.store(used + group, i64x2.splat(0));
    let mask = i8x16.bitmask(v128.neg<i8>(marks));
    while (mask != 0) {
      const bin = <i32>group + ctz(mask);
      mask &= mask - 1;
      takeSum((place << 8) + bin, n);
      store<i32>(runs.bins + 4 * <usize>n, bin);
      n++;
    }
  }
  runs.n = n;
}

/** Moves a bin's sum to the end of the runs, and leaves 0 behind. */
@inline
function takeSum(slot: i32, n: i32): void {
  if (state.isMulticlass) {
    const sum = batch.sums + state.sumBytes * <usize>slot;
    const run = runs.sums + state.sumBytes * <usize>n;
    for (let byte: usize = 0; byte < state.sumBytes; byte += 8) {
      store<f64>(run + byte, load<f64>(sum + byte));
      store<f64>(sum + byte, 0);
    }
  } else {
    const sum = batch.sums + 16 * <usize>slot;
    v128.store(runs.sums + 16 * <usize>n, v128.load(sum));
    v128.store(sum, i64x2.splat(0));
  }
  if (!state.countsRows) return;
  const count = counts + 4 * <usize>slot;
  store<i32>(runs.rows + 4 * <usize>n, load<i32>(count));
  store<i32>(count, 0);
}

/** The same for few rows: sorting them is cheaper than looking through all bins. */
export function sortRuns(from: usize, end: usize, feature: i32): void {
  const bins = HEAD + <usize>feature;
  const stride = state.stride;
  const keys = batch.order;
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
  let bin: u64 = 256;
  for (let at = keys; at < last; at += 8) {
    const key = load<u64>(at);
    const row = <usize>(key & 0xffffffff);
    if (key >> 32 != bin) {
      n++;
      bin = key >> 32;
      store<i32>(runs.bins + 4 * <usize>n, <i32>bin);
      store<i32>(runs.rows + 4 * <usize>n, 1);
      if (!state.isMulticlass) {
        v128.store(runs.sums + 16 * <usize>n, v128.load(row));
        continue;
      }
      memory.fill(runs.sums + state.sumBytes * <usize>n, 0, state.sumBytes);
    } else {
      const rows = runs.rows + 4 * <usize>n;
      store<i32>(rows, load<i32>(rows) + 1);
    }
    addRow(runs.sums + state.sumBytes * <usize>n, row);
  }
  runs.n = n + 1;
}
