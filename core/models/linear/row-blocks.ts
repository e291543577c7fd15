import { BLOCK_ROWS, STRIDE } from './kernel.ts';

/** Columns cut into blocks of 512 rows, which come into the kernel's memory when they are first asked for. */
export interface RowBlocks {
  /** Where the block is, in doubles. It stays there until another is asked for. */
  place(block: number): number;
}

/** 1 GiB: tables up to this size are copied once, of larger ones the rest is copied at every pass. */
const MOST_DOUBLES = 2 ** 27;

/** How many blocks of so many columns are kept, and the doubles they take. */
export function slotsFor(nColumns: number, nBlocks: number): { readonly slots: number; readonly doubles: number } {
  const size = nColumns * STRIDE;
  const slots = Math.max(1, Math.min(nBlocks, Math.floor(MOST_DOUBLES / Math.max(1, size))));
  return { slots, doubles: slots * size };
}

/**
 * @param at where `slots` blocks have room, in doubles. The first blocks keep a slot each, the rest share the last one.
 */
export function rowBlocks(
  columns: readonly Float64Array[],
  nRows: number,
  memory: Float64Array,
  at: number,
  slots: number,
): RowBlocks {
  const held = new Int32Array(slots).fill(-1);
  return {
    place(block) {
      const slot = Math.min(block, slots - 1);
      const start = at + slot * columns.length * STRIDE;
      if (held[slot] === block) return start;
      held[slot] = block;
      const from = block * BLOCK_ROWS;
      const rows = Math.min(BLOCK_ROWS, nRows - from);
      for (const [j, column] of columns.entries()) {
        const to = start + j * STRIDE;
        memory.set(column.subarray(from, from + rows), to);
        memory.fill(0, to + rows, to + BLOCK_ROWS);
      }
      return start;
    },
  };
}

/** So many blocks of them all, evenly spread. */
export function spreadBlocks(nBlocks: number, wanted: number): number[] {
  const count = Math.min(nBlocks, wanted);
  return Array.from({ length: count }, (_, i) => Math.floor((i * nBlocks) / count));
}
