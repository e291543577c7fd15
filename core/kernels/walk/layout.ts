/*
 * Trees of any size in memory: sizes and offsets in bytes. TypeScript and AssemblyScript compile this file both; the picture is
 * in the README.
 */

/** A node: its test u32, and the address of its right child u32 (of a leaf its own). */
export const NODE_TEST = 0;
export const NODE_RIGHT = 4;
export const NODE_BYTES = 8;

/** A test: limit (9 bits), whether it is by categories, whether it is a split, column (21 bits). */
export const TEST_LIMIT = 511;
export const TEST_CATEGORIES = 512;
export const TEST_SPLIT = 1024;
export const TEST_COLUMN_SHIFT = 11;

/** Beside the nodes, per node: place of the leaf's values u32, and of the split's set u32. */
export const PLACE_BYTES = 4;

/** Rows that go down a tree side by side: the lines of so many more than there are, less one, are read. */
export const ABREAST = 8;
