/* The rows of one tree: drawn with replacement, or all; copied together with their weight and target. */
import { BINS } from '../../bins';
import { ROW_BINS, ROW_TARGET, ROW_WEIGHT, VECTOR_BYTES } from '../layout';
import { below, hash } from './draw';
import * as job from './parameters';

/** Counts how often each row is drawn: as often as there are rows, with replacement. */
export function drawRows(key: u32): void {
  const counts = job.counts;
  const ends = job.ends;
  memory.fill(counts, 0, 4 * <usize>job.nRows);
  const all = ends ? load<u32>(ends + 4 * <usize>(job.nRows - 1)) : 0;
  for (let i = 0; i < job.nRows; i++) {
    const draw = hash(key, <u32>i);
    const row = ends ? findRow(ends, <u32>((<u64>draw * <u64>all) >> 32)) : below(draw, job.nRows);
    const at = counts + 4 * <usize>row;
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** The first row whose end lies above the point. */
function findRow(ends: usize, point: u32): i32 {
  let low = 0;
  let high = job.nRows - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(ends + 4 * <usize>middle) > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Copies the rows that were drawn (or all), bins of categories replaced by their ranks, and gives how many they are. */
export function copyRows(): i32 {
  const counts = job.bootstrap ? job.counts : 0;
  const weights = job.weights;
  let n = 0;
  let at = job.copies;
  for (let row = 0; row < job.nRows; row++) {
    const count = counts ? load<u32>(counts + 4 * <usize>row) : 1;
    const weight = <f64>count * (weights ? load<f64>(weights + 8 * <usize>row) : 1);
    if (weight == 0) continue;
    const value = load<f64>(job.values + 8 * <usize>row);
    store<f64>(at, weight, ROW_WEIGHT);
    store<f64>(at, job.isMulticlass ? value : weight * value, ROW_TARGET);
    const line = job.lines + job.lineBytes * <usize>row;
    for (let byte: usize = 0; byte < job.lineBytes; byte += VECTOR_BYTES) v128.store(at + ROW_BINS + byte, v128.load(line + byte));
    for (let i = 0; i < job.nCategorical; i++) {
      const bin = at + ROW_BINS + <usize>load<i32>(job.categorical + 4 * <usize>i);
      store<u8>(bin, load<u8>(job.ranks + BINS * <usize>i + <usize>load<u8>(bin)));
    }
    at += job.stride;
    n++;
  }
  return n;
}
