/* The rows of one tree: drawn with replacement, or all; copied together with their weight and target. */
import { below, hash, HEAD, state } from './state';

/**
 * Counts into `counts` (4 bytes per row) how often each row is drawn: as often as there are rows, with replacement.
 *
 * @param ends per row the weights up to and with it, as whole numbers; 0: all rows are as likely.
 */
export function drawRows(key: u32, counts: usize, ends: usize): void {
  memory.fill(counts, 0, 4 * <usize>state.nRows);
  const all = ends ? load<u32>(ends + 4 * <usize>(state.nRows - 1)) : 0;
  for (let i = 0; i < state.nRows; i++) {
    const draw = hash(key, <u32>i);
    const row = ends ? findRow(ends, <u32>((<u64>draw * <u64>all) >> 32)) : below(draw, state.nRows);
    const at = counts + 4 * <usize>row;
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** The first row whose end lies above the point. */
function findRow(ends: usize, point: u32): i32 {
  let low = 0;
  let high = state.nRows - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(ends + 4 * <usize>middle) > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Copies the rows that were drawn (all, without counts) to `to` and gives how many they are.
 *
 * @param categorical the features with categories, i32 each; their bins are replaced by their ranks, 256 bytes a feature.
 * @param weights per row a whole number; 0: all 1.
 * @param values per row the scaled target, or the class.
 */
export function copyRows(counts: usize, lines: usize, nCategorical: i32, categorical: usize, ranks: usize, values: usize, weights: usize, to: usize): i32 {
  let n = 0;
  let at = to;
  for (let row = 0; row < state.nRows; row++) {
    const count = counts ? load<u32>(counts + 4 * <usize>row) : 1;
    const weight = <f64>count * (weights ? load<f64>(weights + 8 * <usize>row) : 1);
    if (weight == 0) continue;
    const value = load<f64>(values + 8 * <usize>row);
    store<f64>(at, weight);
    store<f64>(at, state.isMulticlass ? value : weight * value, 8);
    const line = lines + state.lineBytes * <usize>row;
    for (let byte: usize = 0; byte < state.lineBytes; byte += 16) v128.store(at + HEAD + byte, v128.load(line + byte));
    for (let i = 0; i < nCategorical; i++) {
      const bin = at + HEAD + <usize>load<i32>(categorical + 4 * <usize>i);
      store<u8>(bin, load<u8>(ranks + 256 * <usize>i + <usize>load<u8>(bin)));
    }
    at += state.stride;
    n++;
  }
  return n;
}
