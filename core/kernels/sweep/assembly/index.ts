/*
 * Asks every split of a tree of 64 rows at a time, for small trees: sixteen rows fit into a register, and nothing depends
 * on the way a row has taken. Each row carries a label, the leaf that it would come to by going left from where it is. It
 * starts with leaf 0; a split is the business of the rows whose label is that of its leftmost leaf, and sends those that go
 * right to the leftmost leaf of its right child, which is a higher number. Splits come in depth-first order, so that at the
 * end a label is the row's leaf.
 *
 * Bins are kept less 128, as are the highest bins of splits: signed bytes are compared in one instruction. A split by numbers
 * has no table; one by categories has a byte for each bin of the feature's second column, sixteen to a table.
 */
import { BIN_SHIFT, ROWS_TOGETHER, SPLIT_BYTES, SPLIT_COLUMN, SPLIT_FROM, SPLIT_HIGHEST, SPLIT_TABLES, SPLIT_TO, TABLE_BYTES, TREE_BYTES, TREE_END, TREE_VALUES } from '../layout';
import * as job from './parameters';
export * from './parameters';

/** Writes both columns of a feature: its bins, in the second those of values one up and that of missing values the lowest. */
export function toColumns(bins: usize, n: i32, first: usize, second: usize): void {
  for (let row: usize = 0; row < <usize>n; row += 16) {
    const own = i8x16.add(v128.load(bins + row), i8x16.splat(<i8>-BIN_SHIFT));
    v128.store(first + row, own);
    v128.store(second + row, i8x16.add(own, i8x16.splat(1)));
  }
}

/** Adds what each tree says of rows 0…n − 1 to `outputs`, in the order of the trees. */
export function addSmallTrees(n: i32): void {
  const width = job.width;
  const nOutputs = job.nOutputs;
  const labels = job.labels;
  const step = 8 * <usize>nOutputs;
  for (let row = 0; row < n; row += ROWS_TOGETHER) {
    let split = job.splits;
    const out = job.outputs + step * <usize>row;
    const rows = min(ROWS_TOGETHER, n - row);
    for (let tree = 0; tree < job.nTrees; tree++) {
      const own = job.trees + TREE_BYTES * <usize>tree;
      const end = <usize>load<u32>(own, TREE_END);
      sweep(split, end, job.columns + <usize>row, labels);
      split = end;
      const values = <usize>load<u32>(own, TREE_VALUES);
      if (width == 1) addOne(labels, values, out + 8 * <usize>(tree % nOutputs), step, rows);
      else addAll(labels, values, width, out, rows);
    }
  }
}

@inline
function sweep(split: usize, end: usize, columns: usize, labels: usize): void {
  let a = i8x16.splat(0);
  let b = a;
  let c = a;
  let d = a;
  while (split < end) {
    const bins = columns + <usize>load<u32>(split, SPLIT_COLUMN);
    const highest = v128.load8_splat(split, SPLIT_HIGHEST);
    const from = v128.load8_splat(split, SPLIT_FROM);
    const to = v128.load8_splat(split, SPLIT_TO);
    const tables = split + SPLIT_BYTES;
    split = tables + TABLE_BYTES * <usize>load<u8>(split, SPLIT_TABLES);
    if (split == tables) {
      a = send(a, from, to, i8x16.gt_s(v128.load(bins), highest));
      b = send(b, from, to, i8x16.gt_s(v128.load(bins, 16), highest));
      c = send(c, from, to, i8x16.gt_s(v128.load(bins, 32), highest));
      d = send(d, from, to, i8x16.gt_s(v128.load(bins, 48), highest));
    } else {
      a = send(a, from, to, lookUp(tables, split, v128.load(bins)));
      b = send(b, from, to, lookUp(tables, split, v128.load(bins, 16)));
      c = send(c, from, to, lookUp(tables, split, v128.load(bins, 32)));
      d = send(d, from, to, lookUp(tables, split, v128.load(bins, 48)));
    }
  }
  v128.store(labels, a);
  v128.store(labels, b, 16);
  v128.store(labels, c, 32);
  v128.store(labels, d, 48);
}

@inline
function send(label: v128, from: v128, to: v128, isRight: v128): v128 {
  return i8x16.max_u(label, v128.and(v128.and(i8x16.eq(label, from), isRight), to));
}

/** The bytes of the tables at these bins: of each table those from its own first bin on, a swizzle gives 0 for the others. */
@inline
function lookUp(tables: usize, end: usize, bins: v128): v128 {
  let found = i8x16.splat(0);
  let index = i8x16.add(bins, i8x16.splat(<i8>-BIN_SHIFT));
  for (let table = tables; table < end; table += TABLE_BYTES) {
    found = v128.or(found, i8x16.swizzle(v128.load(table), index));
    index = i8x16.sub(index, i8x16.splat(<i8>TABLE_BYTES));
  }
  return found;
}

@inline
function addOne(labels: usize, values: usize, out: usize, step: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const at = out + step * <usize>i;
    store<f64>(at, load<f64>(at) + load<f64>(values + 8 * <usize>load<u8>(labels + <usize>i)));
  }
}

@inline
function addAll(labels: usize, values: usize, width: i32, out: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const from = values + 8 * <usize>width * <usize>load<u8>(labels + <usize>i);
    for (let k = 0; k < width; k++) {
      const at = out + 8 * <usize>(i * width + k);
      store<f64>(at, load<f64>(at) + load<f64>(from + 8 * <usize>k));
    }
  }
}
