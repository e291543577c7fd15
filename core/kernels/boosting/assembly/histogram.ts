/*
 * Sums of a leaf's rows by feature and bin. An entry has two 64-bit numbers: the gradients, and hessians shifted left by
 * `shift` bits with the number of rows below, so that one addition of a vector serves all three.
 *
 * Bins lie in tiles of 16 features, a row's bytes side by side; the last tile has the features that are left, and as many
 * bytes. A leaf's rows are scattered, so 128 rows at a time are first copied together; the copies overlap their waits for
 * memory, and the sums then run from the nearest cache. Histograms have room for 256 entries per feature, feature by
 * feature; beyond a feature's bins only the last, of missing values, means anything.
 */
import { binsOf } from './feature';

const BLOCK: i32 = 128;
const ENTRY: usize = 16;
const MISSING: usize = 255 * ENTRY;
export const FEATURE: usize = 256 * ENTRY;

/**
 * Adds rows to the histograms of features `from`…`to` − 1.
 *
 * @param rows row numbers, of which `start`…`end` − 1 are meant; 0: the rows `start`…`end` − 1 themselves.
 * @param buffer 4,096 bytes of the thread's own.
 */
export function histogram(tiles: usize, nRows: i32, nFeatures: i32, from: i32, to: i32, rows: usize, start: i32, end: i32, pairs: usize, shift: i32, buffer: usize, histograms: usize): void {
  const bytes = buffer + ENTRY * BLOCK;
  for (let at = start; at < end; at += BLOCK) {
    const n = min(BLOCK, end - at);
    widen(rows, at, n, pairs, shift, buffer);
    for (let tile = from >> 4; tile <= (to - 1) >> 4; tile++) {
      const own = tiles + 16 * <usize>tile * <usize>nRows;
      const width = <usize>min(16, nFeatures - (tile << 4));
      if (rows) gather(own, width, rows, at, n, bytes);
      const lines = rows ? bytes : own + width * <usize>at;
      accumulate(lines, rows ? 16 : width, n, buffer, max(from, tile << 4), min(to, (tile + 1) << 4), histograms);
    }
  }
}

/** Pairs of 32 bits, as `gradients` leaves them, to entries of 64. */
@inline
function widen(rows: usize, at: i32, n: i32, pairs: usize, shift: i32, entries: usize): void {
  for (let i = 0; i < n; i++) {
    const row = rows ? load<i32>(rows + 4 * <usize>(at + i)) : at + i;
    const pair = pairs + 8 * <usize>row;
    const second = load<u32>(pair + 4);
    const entry = entries + ENTRY * <usize>i;
    store<i64>(entry, <i64>load<i32>(pair));
    store<i64>(entry, (<i64>(second >>> 1) << <i64>shift) + <i64>(second & 1), 8);
  }
}

/** Copies 16 bytes a row; what follows a narrower row is copied along and not looked at. */
@inline
function gather(tile: usize, width: usize, rows: usize, at: i32, n: i32, bytes: usize): void {
  for (let i = 0; i < n; i++) {
    v128.store(bytes + 16 * <usize>i, v128.load(tile + width * <usize>load<u32>(rows + 4 * <usize>(at + i))));
  }
}

@inline
function addTo(histogram: usize, bin: usize, what: v128): void {
  const entry = histogram + (bin << 4);
  v128.store(entry, v128.add<i64>(v128.load(entry), what));
}

/** As many features at a time as there are: their sums do not wait for one another. */
function accumulate(lines: usize, width: usize, n: i32, entries: usize, from: i32, to: i32, histograms: usize): void {
  const end = entries + ENTRY * <usize>n;
  let f = from;
  for (; f + 8 <= to; f += 8) {
    const first = histograms + FEATURE * <usize>f;
    let line = lines + <usize>(f & 15);
    for (let entry = entries; entry < end; entry += ENTRY, line += width) {
      const what = v128.load(entry);
      const bins = load<u64>(line);
      addTo(first, <usize>(bins & 255), what);
      addTo(first + FEATURE, <usize>((bins >>> 8) & 255), what);
      addTo(first + 2 * FEATURE, <usize>((bins >>> 16) & 255), what);
      addTo(first + 3 * FEATURE, <usize>((bins >>> 24) & 255), what);
      addTo(first + 4 * FEATURE, <usize>((bins >>> 32) & 255), what);
      addTo(first + 5 * FEATURE, <usize>((bins >>> 40) & 255), what);
      addTo(first + 6 * FEATURE, <usize>((bins >>> 48) & 255), what);
      addTo(first + 7 * FEATURE, <usize>(bins >>> 56), what);
    }
  }
  if (f + 4 <= to) {
    const first = histograms + FEATURE * <usize>f;
    let line = lines + <usize>(f & 15);
    for (let entry = entries; entry < end; entry += ENTRY, line += width) {
      const what = v128.load(entry);
      const bins = load<u32>(line);
      addTo(first, <usize>(bins & 255), what);
      addTo(first + FEATURE, <usize>((bins >>> 8) & 255), what);
      addTo(first + 2 * FEATURE, <usize>((bins >>> 16) & 255), what);
      addTo(first + 3 * FEATURE, <usize>(bins >>> 24), what);
    }
    f += 4;
  }
  if (f + 2 <= to) {
    const first = histograms + FEATURE * <usize>f;
    let line = lines + <usize>(f & 15);
    for (let entry = entries; entry < end; entry += ENTRY, line += width) {
      const what = v128.load(entry);
      addTo(first, <usize>load<u8>(line), what);
      addTo(first + FEATURE, <usize>load<u8>(line, 1), what);
    }
    f += 2;
  }
  if (f < to) {
    const own = histograms + FEATURE * <usize>f;
    let line = lines + <usize>(f & 15);
    for (let entry = entries; entry < end; entry += ENTRY, line += width) addTo(own, <usize>load<u8>(line), v128.load(entry));
  }
}

/** Empties the entries of features `from`…`to` − 1 that mean anything. */
export function clear(histograms: usize, features: usize, from: i32, to: i32): void {
  for (let f = from; f < to; f++) {
    const own = histograms + FEATURE * <usize>f;
    const end = own + ENTRY * <usize>binsOf(features, f);
    for (let at = own; at < end; at += ENTRY) v128.store(at, i64x2.splat(0));
    v128.store(own + MISSING, i64x2.splat(0));
  }
}

/** The histograms of the other child: the parent's less one child's, in the parent's place. */
export function subtract(parent: usize, child: usize, features: usize, from: i32, to: i32): void {
  for (let f = from; f < to; f++) {
    const own = parent + FEATURE * <usize>f;
    const other = child + FEATURE * <usize>f;
    const bytes = ENTRY * <usize>binsOf(features, f);
    for (let at: usize = 0; at < bytes; at += ENTRY) v128.store(own + at, v128.sub<i64>(v128.load(own + at), v128.load(other + at)));
    v128.store(own + MISSING, v128.sub<i64>(v128.load(own + MISSING), v128.load(other + MISSING)));
  }
}

/** Writes the sums of all rows in a histogram: those over the first feature's bins, as over any other's. */
export function sumRows(histograms: usize, features: usize, sums: usize): void {
  let sum = v128.load(histograms + MISSING);
  const end = histograms + ENTRY * <usize>binsOf(features, 0);
  for (let at = histograms; at < end; at += ENTRY) sum = v128.add<i64>(sum, v128.load(at));
  v128.store(sums, sum);
}
