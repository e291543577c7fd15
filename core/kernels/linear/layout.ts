/*
 * Rows of a table in memory, in doubles. TypeScript and AssemblyScript compile this file both; the picture is in the README.
 */

/** Rows of a block. */
export const BLOCK_ROWS = 512;
/** Blocks that lie side by side. */
export const GROUP_BLOCKS = 4;
/** From one column to the next: a little more than a group, or all columns would fall on the same lines of the cache. */
export const STRIDE = GROUP_BLOCKS * BLOCK_ROWS + 16;
