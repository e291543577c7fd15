/* What all parts of the kernel know of the forest and of the tree at hand. Addresses are set by `layout` and `grow`. */

export const MISSING: i32 = 255;
/** Bytes in front of a row's bins: its weight and weighted target, or its weight and class. */
export const HEAD: usize = 16;

export namespace state {
  /** Rows of the table, features, and numbers that a leaf says. */
  export let nRows: i32 = 0;
  export let nFeatures: i32 = 0;
  export let nOutputs: i32 = 0;
  /** Bytes of a row's copy, and of a row's bins in the table. */
  export let stride: usize = 0;
  export let lineBytes: usize = 0;
  /** Bytes of a sum: weight and weighted target (16), or a weight per class. */
  export let sumBytes: usize = 0;
  /** Whether sums are weights per class. */
  export let isMulticlass: bool = false;
  /** Whether rows have to be counted: two rows of weight 1 and one of weight 2 are not the same. */
  export let countsRows: bool = false;
  export let minLeaf: i32 = 1;
  /** A node's sum. */
  export let total: usize = 0;
  export let totalRows: i32 = 0;
}

export function hash(a: u32, b: u32): u32 {
  let h = a ^ (b * 0x9e3779b9);
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** A whole number below n. */
export function below(draw: u32, n: i32): i32 {
  return <i32>((<u64>draw * <u64>n) >> 32);
}

/** Rounds up to a place that vectors may start at. */
export function align(at: usize): usize {
  return (at + 15) & ~15;
}

/** Adds a sum to another. */
@inline
export function add(to: usize, from: usize): void {
  if (!state.isMulticlass) {
    v128.store(to, v128.add<f64>(v128.load(to), v128.load(from)));
    return;
  }
  for (let k = 0; k < state.nOutputs; k++) {
    const at = to + 8 * <usize>k;
    store<f64>(at, load<f64>(at) + load<f64>(from + 8 * <usize>k));
  }
}

/** Adds a row, by the head of its copy, to a sum. */
@inline
export function addRow(to: usize, row: usize): void {
  if (!state.isMulticlass) {
    v128.store(to, v128.add<f64>(v128.load(to), v128.load(row)));
    return;
  }
  const at = to + 8 * <usize>load<f64>(row, 8);
  store<f64>(at, load<f64>(at) + load<f64>(row));
}
