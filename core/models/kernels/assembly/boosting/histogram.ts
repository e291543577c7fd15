/*
 * Sums of a leaf's rows by feature and bin. An entry has two 64-bit numbers: the gradients, and hessians shifted left by
 * `shift` bits with the number of rows below, so that one addition of a vector serves all three.
 *
 * Bins lie in tiles of 16 features, a row's 16 bytes side by side. A leaf's rows are scattered, so 128 rows at a time are
 * first copied together; the copies overlap their waits for memory, and the sums then run from the nearest cache.
 * Histograms are 256 entries per feature, feature by feature.
 */
const BLOCK: i32 = 128;
const ENTRY: usize = 16;
export const FEATURE: usize = 256 * ENTRY;

/**
 * Adds rows to the histograms of features `from`…`to` − 1.
 *
 * @param rows row numbers, of which `start`…`end` − 1 are meant; 0: the rows `start`…`end` − 1 themselves.
 * @param buffer 4,096 bytes of the thread's own.
 */
export function histogram(tiles: usize, nRows: i32, from: i32, to: i32, rows: usize, start: i32, end: i32, pairs: usize, shift: i32, buffer: usize, histograms: usize): void {
  const bytes = buffer + ENTRY * BLOCK;
  for (let at = start; at < end; at += BLOCK) {
    const n = min(BLOCK, end - at);
    widen(rows, at, n, pairs, shift, buffer);
    for (let tile = from >> 4; tile <= (to - 1) >> 4; tile++) {
      const own = tiles + 16 * <usize>tile * <usize>nRows;
      if (rows) gather(own, rows, at, n, bytes);
      const lines = rows ? bytes : own + 16 * <usize>at;
      accumulate(lines, n, buffer, max(from, tile << 4), min(to, (tile + 1) << 4), histograms);
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

@inline
function gather(tile: usize, rows: usize, at: i32, n: i32, bytes: usize): void {
  for (let i = 0; i < n; i++) {
    v128.store(bytes + 16 * <usize>i, v128.load(tile + 16 * <usize>load<u32>(rows + 4 * <usize>(at + i))));
  }
}

@inline
function addTo(entry: usize, what: v128): void {
  v128.store(entry, v128.add<i64>(v128.load(entry), what));
}

/** Four features at a time: their sums do not wait for one another. */
function accumulate(lines: usize, n: i32, entries: usize, from: i32, to: i32, histograms: usize): void {
  let f = from;
  for (; f + 4 <= to; f += 4) {
    const first = histograms + FEATURE * <usize>f;
    let line = lines + <usize>(f & 15);
    let entry = entries;
    const end = entries + ENTRY * <usize>n;
    for (; entry < end; entry += ENTRY, line += 16) {
      const what = v128.load(entry);
      const bins = load<u32>(line);
      addTo(first + <usize>((bins & 255) << 4), what);
      addTo(first + FEATURE + <usize>(((bins >>> 8) & 255) << 4), what);
      addTo(first + 2 * FEATURE + <usize>(((bins >>> 16) & 255) << 4), what);
      addTo(first + 3 * FEATURE + <usize>((bins >>> 24) << 4), what);
    }
  }
  for (; f < to; f++) {
    const own = histograms + FEATURE * <usize>f;
    for (let i = 0; i < n; i++) {
      const bin = <usize>load<u8>(lines + 16 * <usize>i + <usize>(f & 15));
      addTo(own + (bin << 4), v128.load(entries + ENTRY * <usize>i));
    }
  }
}

/** The histograms of the other child: the parent's less one child's, in the parent's place. */
export function subtract(parent: usize, child: usize, from: i32, to: i32): void {
  const end = parent + FEATURE * <usize>to;
  let other = child + FEATURE * <usize>from;
  for (let at = parent + FEATURE * <usize>from; at < end; at += ENTRY, other += ENTRY) {
    v128.store(at, v128.sub<i64>(v128.load(at), v128.load(other)));
  }
}
