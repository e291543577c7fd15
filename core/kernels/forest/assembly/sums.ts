/* Sums of rows: weight and weighted target, or a weight per class. */
import { ROW_TARGET, ROW_WEIGHT } from '../layout';
import * as job from './parameters';

/** The node at hand. Its sum is at `total`. */
export namespace node {
  export let rows: i32 = 0;
}

/** Whether rows have to be counted: two rows of weight 1 and one of weight 2 are not the same. */
@inline
export function countsRows(): bool {
  return job.minSamplesLeaf > 1;
}

/** Adds a sum to another. */
@inline
export function add(to: usize, from: usize): void {
  if (!job.isMulticlass) {
    v128.store(to, v128.add<f64>(v128.load(to), v128.load(from)));
    return;
  }
  for (let k = 0; k < job.nOutputs; k++) {
    const at = to + 8 * <usize>k;
    store<f64>(at, load<f64>(at) + load<f64>(from + 8 * <usize>k));
  }
}

/** Adds a row to a sum. */
@inline
export function addRow(to: usize, row: usize): void {
  if (!job.isMulticlass) {
    v128.store(to, v128.add<f64>(v128.load(to), v128.load(row)));
    return;
  }
  const at = to + 8 * <usize>load<f64>(row, ROW_TARGET);
  store<f64>(at, load<f64>(at) + load<f64>(row, ROW_WEIGHT));
}
