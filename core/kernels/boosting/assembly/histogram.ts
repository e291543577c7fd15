/*
 * Sums of a leaf's rows by feature and bin. An entry has two 64-bit numbers: the gradients, and hessians shifted left by
 * `countBits` with the number of rows below, so that one addition of a vector serves all three.
 *
 * Bins lie in tiles of 16 features, a row's bytes side by side; the last tile has the features that are left, and as many
 * bytes. A leaf's rows are scattered, so 128 rows at a time are first copied together; the copies overlap their waits for
 * memory, and the sums then run from the nearest cache. Histograms have room for 256 entries per feature, feature by
 * feature; beyond a feature's bins only the last, of missing values, means anything.
 */
import { MISSING_BIN } from '../../bins';
import { BLOCK_ROWS, ENTRY_BYTES, ENTRY_GRADIENTS, ENTRY_HESSIANS, HISTOGRAM_BYTES, LEAF_GRADIENTS, PAIR_BYTES, PAIR_GRADIENT, PAIR_HESSIAN, TILE_FEATURES } from '../layout';
import { binsOf, tileAt, widthOf } from './feature';
import * as job from './parameters';

const MISSING: usize = ENTRY_BYTES * MISSING_BIN;

/**
 * Adds rows to the histograms of this thread's features.
 *
 * @param rows row numbers, of which `start`…`end` − 1 are meant; 0: the rows `start`…`end` − 1 themselves.
 * @param pairs those of the output that the tree is for.
 */
export function histogram(rows: usize, start: i32, end: i32, pairs: usize, histograms: usize): void {
  const from = job.firstFeature;
  const to = job.endFeature;
  const entries = job.scratch;
  const bytes = entries + ENTRY_BYTES * BLOCK_ROWS;
  const shift = job.countBits;
  for (let at = start; at < end; at += BLOCK_ROWS) {
    const n = min(BLOCK_ROWS, end - at);
    widen(rows, at, n, pairs, shift, entries);
    for (let tile = from / TILE_FEATURES; tile <= (to - 1) / TILE_FEATURES; tile++) {
      const own = tileAt(tile);
      const width = widthOf(tile);
      if (rows) gather(own, width, rows, at, n, bytes);
      const lines = rows ? bytes : own + width * <usize>at;
      const first = max(from, TILE_FEATURES * tile);
      const last = min(to, TILE_FEATURES * (tile + 1));
      accumulate(lines, rows ? TILE_FEATURES : width, n, entries, first, last, histograms);
    }
  }
}

/** Pairs of 32 bits, as `gradients` leaves them, to entries of 64. */
@inline
function widen(rows: usize, at: i32, n: i32, pairs: usize, shift: i32, entries: usize): void {
  for (let i = 0; i < n; i++) {
    const row = rows ? load<i32>(rows + 4 * <usize>(at + i)) : at + i;
    const pair = pairs + PAIR_BYTES * <usize>row;
    const second = load<u32>(pair, PAIR_HESSIAN);
    const entry = entries + ENTRY_BYTES * <usize>i;
    store<i64>(entry, <i64>load<i32>(pair, PAIR_GRADIENT), ENTRY_GRADIENTS);
    store<i64>(entry, (<i64>(second >>> 1) << <i64>shift) + <i64>(second & 1), ENTRY_HESSIANS);
  }
}

/** Copies 16 bytes a row; what follows a narrower row is copied along and not looked at. */
@inline
function gather(tile: usize, width: usize, rows: usize, at: i32, n: i32, bytes: usize): void {
  for (let i = 0; i < n; i++) {
    v128.store(bytes + TILE_FEATURES * <usize>i, v128.load(tile + width * <usize>load<u32>(rows + 4 * <usize>(at + i))));
  }
}

@inline
function addTo(histogram: usize, bin: usize, what: v128): void {
  const entry = histogram + ENTRY_BYTES * bin;
  v128.store(entry, v128.add<i64>(v128.load(entry), what));
}

/** As many features at a time as there are: their sums do not wait for one another. */
function accumulate(lines: usize, width: usize, n: i32, entries: usize, from: i32, to: i32, histograms: usize): void {
  const end = entries + ENTRY_BYTES * <usize>n;
  let f = from;
  for (; f + 8 <= to; f += 8) {
    const first = histograms + HISTOGRAM_BYTES * <usize>f;
    let line = lines + <usize>(f % TILE_FEATURES);
    for (let entry = entries; entry < end; entry += ENTRY_BYTES, line += width) {
      const what = v128.load(entry);
      const bins = load<u64>(line);
      addTo(first, <usize>(bins & 255), what);
      addTo(first + HISTOGRAM_BYTES, <usize>((bins >>> 8) & 255), what);
      addTo(first + 2 * HISTOGRAM_BYTES, <usize>((bins >>> 16) & 255), what);
      addTo(first + 3 * HISTOGRAM_BYTES, <usize>((bins >>> 24) & 255), what);
      addTo(first + 4 * HISTOGRAM_BYTES, <usize>((bins >>> 32) & 255), what);
      addTo(first + 5 * HISTOGRAM_BYTES, <usize>((bins >>> 40) & 255), what);
      addTo(first + 6 * HISTOGRAM_BYTES, <usize>((bins >>> 48) & 255), what);
      addTo(first + 7 * HISTOGRAM_BYTES, <usize>(bins >>> 56), what);
    }
  }
  if (f + 4 <= to) {
    const first = histograms + HISTOGRAM_BYTES * <usize>f;
    let line = lines + <usize>(f % TILE_FEATURES);
    for (let entry = entries; entry < end; entry += ENTRY_BYTES, line += width) {
      const what = v128.load(entry);
      const bins = load<u32>(line);
      addTo(first, <usize>(bins & 255), what);
      addTo(first + HISTOGRAM_BYTES, <usize>((bins >>> 8) & 255), what);
      addTo(first + 2 * HISTOGRAM_BYTES, <usize>((bins >>> 16) & 255), what);
      addTo(first + 3 * HISTOGRAM_BYTES, <usize>(bins >>> 24), what);
    }
    f += 4;
  }
  if (f + 2 <= to) {
    const first = histograms + HISTOGRAM_BYTES * <usize>f;
    let line = lines + <usize>(f % TILE_FEATURES);
    for (let entry = entries; entry < end; entry += ENTRY_BYTES, line += width) {
      const what = v128.load(entry);
      addTo(first, <usize>load<u8>(line), what);
      addTo(first + HISTOGRAM_BYTES, <usize>load<u8>(line, 1), what);
    }
    f += 2;
  }
  if (f < to) {
    const own = histograms + HISTOGRAM_BYTES * <usize>f;
    let line = lines + <usize>(f % TILE_FEATURES);
    for (let entry = entries; entry < end; entry += ENTRY_BYTES, line += width) addTo(own, <usize>load<u8>(line), v128.load(entry));
  }
}

/** Empties the entries of this thread's features that mean anything. */
export function clear(histograms: usize): void {
  for (let f = job.firstFeature; f < job.endFeature; f++) {
    const own = histograms + HISTOGRAM_BYTES * <usize>f;
    const end = own + ENTRY_BYTES * <usize>binsOf(f);
    for (let at = own; at < end; at += ENTRY_BYTES) v128.store(at, i64x2.splat(0));
    v128.store(own + MISSING, i64x2.splat(0));
  }
}

/** The histograms of the other child: the parent's less one child's, in the parent's place. */
export function subtract(parent: usize, child: usize): void {
  for (let f = job.firstFeature; f < job.endFeature; f++) {
    const own = parent + HISTOGRAM_BYTES * <usize>f;
    const other = child + HISTOGRAM_BYTES * <usize>f;
    const bytes = <usize>binsOf(f) * ENTRY_BYTES;
    for (let at: usize = 0; at < bytes; at += ENTRY_BYTES) v128.store(own + at, v128.sub<i64>(v128.load(own + at), v128.load(other + at)));
    v128.store(own + MISSING, v128.sub<i64>(v128.load(own + MISSING), v128.load(other + MISSING)));
  }
}

/** Writes the sums of all rows in a histogram to a leaf: those over the first feature's bins, as over any other's. */
export function sumRows(histograms: usize, leaf: usize): void {
  let sum = v128.load(histograms + MISSING);
  const end = histograms + ENTRY_BYTES * <usize>binsOf(0);
  for (let at = histograms; at < end; at += ENTRY_BYTES) sum = v128.add<i64>(sum, v128.load(at));
  v128.store(leaf, sum, LEAF_GRADIENTS);
}
