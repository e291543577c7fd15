/*
 * What the forest keeps in memory: sizes and offsets in bytes. TypeScript and AssemblyScript compile this file both; the picture
 * is in the README.
 */

/** A row's copy: weight f64, weighted target or class f64, then its bins, filled up to a vector's size. */
export const ROW_WEIGHT = 0;
export const ROW_TARGET = 8;
export const ROW_BINS = 16;
export const VECTOR_BYTES = 16;

/** A sum of rows: weight f64, weighted target f64; of three classes or more a weight f64 per class. */
export const SUM_BYTES = 16;
/** Features whose rows are summed by bin at a time. */
export const BATCH = 4;

/** A node: feature i32 (−1: leaf), bin i32, right child or place of the leaf i32, missing values go left i32, weight f64. */
export const NODE_FEATURE = 0;
export const NODE_BIN = 4;
export const NODE_RIGHT = 8;
export const NODE_MISSING_LEFT = 12;
export const NODE_WEIGHT = 16;
export const NODE_BYTES = 24;

/** A node still to be grown: its first row i32, end of its rows i32, depth i32, way from the root u32, parent that is to be told i32 (−1: none). */
export const TASK_START = 0;
export const TASK_END = 4;
export const TASK_DEPTH = 8;
export const TASK_PATH = 12;
export const TASK_PARENT = 16;
export const TASK_BYTES = 32;
