import { BLOCK_ROWS, GROUP_BLOCKS, STRIDE } from '../../kernels/linear/layout.ts';

/** Columns cut into blocks of 512 rows, which come into the kernel's memory when they are asked for. */
export interface RowBlocks {
  /** Where the stretch's first block is, in doubles; each further one is 512 doubles on. Good until the next call. */
  place(stretch: Stretch): number;
}

/** Neighbouring blocks, up to four, that are copied together: a copy of a few kilobytes costs little more than none. */
export interface Stretch {
  readonly first: number;
  readonly count: number;
}

/**
 * 4 MiB: tables up to this size are copied once. Of larger ones each pass copies a few blocks at a time into the cache,
 * which is as fast as reading a copy of all, while the first touch of so much new memory would cost as much as four passes.
 */
const MOST_DOUBLES = 2 ** 19;

/** How many groups of four blocks of so many columns are kept, all or one, and the doubles they take. */
export function slotsFor(nColumns: number, nBlocks: number): { readonly slots: number; readonly doubles: number } {
  const size = nColumns * STRIDE;
  const groups = Math.ceil(nBlocks / GROUP_BLOCKS);
  const slots = groups * size <= MOST_DOUBLES ? groups : 1;
  return { slots, doubles: slots * size };
}

/** @param at where `slots` groups have room, in doubles. */
export function rowBlocks(
  columns: readonly Float64Array[],
  nRows: number,
  memory: Float64Array,
  at: number,
  slots: number,
): RowBlocks {
  const copy = (first: number, count: number, start: number) => {
    const from = first * BLOCK_ROWS;
    const rows = Math.min(count * BLOCK_ROWS, nRows - from);
    for (let j = 0; j < columns.length; j++) {
      const to = start + j * STRIDE;
      memory.set(columns[j]!.subarray(from, from + rows), to);
      memory.fill(0, to + rows, to + count * BLOCK_ROWS);
    }
  };
  const nBlocks = Math.ceil(nRows / BLOCK_ROWS);
  if (slots < Math.ceil(nBlocks / GROUP_BLOCKS)) {
    return {
      place({ first, count }) {
        copy(first, count, at);
        return at;
      },
    };
  }
  const held = new Uint8Array(slots);
  return {
    place({ first }) {
      const group = Math.floor(first / GROUP_BLOCKS);
      const start = at + group * columns.length * STRIDE;
      if (held[group] === 0) copy(group * GROUP_BLOCKS, Math.min(GROUP_BLOCKS, nBlocks - group * GROUP_BLOCKS), start);
      held[group] = 1;
      return start + (first - group * GROUP_BLOCKS) * BLOCK_ROWS;
    },
  };
}

/** So many blocks of them all, evenly spread. */
export function spreadBlocks(nBlocks: number, wanted: number): number[] {
  const count = Math.min(nBlocks, wanted);
  return Array.from({ length: count }, (_, i) => Math.floor((i * nBlocks) / count));
}

/** Blocks, ascending, as stretches. */
export function stretchesOf(blocks: readonly number[]): Stretch[] {
  const stretches: { first: number; count: number }[] = [];
  for (const block of blocks) {
    const last = stretches.at(-1);
    if (last && block === last.first + last.count && block % GROUP_BLOCKS !== 0) last.count++;
    else stretches.push({ first: block, count: 1 });
  }
  return stretches;
}
