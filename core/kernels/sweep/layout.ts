/*
 * Small trees in memory: sizes and offsets in bytes. TypeScript and AssemblyScript compile this file both; the picture is in
 * the README.
 */

/** A split: start of its column u32, counted from the first column's; highest bin that goes left i8, labels from and to u8, tables u8; then its tables. */
export const SPLIT_COLUMN = 0;
export const SPLIT_HIGHEST = 4;
export const SPLIT_FROM = 5;
export const SPLIT_TO = 6;
export const SPLIT_TABLES = 7;
export const SPLIT_BYTES = 8;

/** A table: a byte for each of so many bins, 255 for those that go right. */
export const TABLE_BYTES = 16;
export const GOES_RIGHT = 255;

/** A tree: end of its splits u32, its first leaf's values u32. */
export const TREE_END = 0;
export const TREE_VALUES = 4;
export const TREE_BYTES = 8;

/** Bins are kept less this, so that they are signed bytes. */
export const BIN_SHIFT = 128;
/** Rows that a split is asked of at a time. */
export const ROWS_TOGETHER = 64;
