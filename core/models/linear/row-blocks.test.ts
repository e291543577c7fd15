import { describe, expect, it } from 'vitest';
import { BLOCK_ROWS, STRIDE } from './kernel.ts';
import { rowBlocks, slotsFor, spreadBlocks } from './row-blocks.ts';

const N = 3 * BLOCK_ROWS + 5;
const columns = [1, 1000].map((unit) => Float64Array.from({ length: N }, (_, row) => unit * (row + 1)));

describe('rowBlocks', () => {
  it.each([1, 2, 4])('gives every block whole, in any order, with room for %d of 4', (slots) => {
    const memory = new Float64Array(slots * 2 * STRIDE + 16).fill(Number.NaN);
    const blocks = rowBlocks(columns, N, memory, 16, slots);
    for (const block of [0, 3, 2, 3, 1, 0, 3]) {
      const at = blocks.place(block);
      for (const [j, column] of columns.entries()) {
        const expected = new Float64Array(BLOCK_ROWS);
        expected.set(column.subarray(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS));
        expect(memory.slice(at + j * STRIDE, at + j * STRIDE + BLOCK_ROWS)).toEqual(expected);
      }
    }
  });
});

describe('slotsFor', () => {
  it.each([
    { title: 'a small table whole', nColumns: 30, nBlocks: 16, slots: 16 },
    { title: 'one block at least', nColumns: 1e6, nBlocks: 16, slots: 1 },
    { title: 'a GiB of a large table', nColumns: 500, nBlocks: 2000, slots: 508 },
    { title: 'a table without columns', nColumns: 0, nBlocks: 3, slots: 3 },
  ])('keeps $title', ({ nColumns, nBlocks, slots }) => {
    expect(slotsFor(nColumns, nBlocks)).toEqual({ slots, doubles: slots * nColumns * STRIDE });
  });
});

describe('spreadBlocks', () => {
  it.each([
    { nBlocks: 10, wanted: 3, blocks: [0, 3, 6] },
    { nBlocks: 3, wanted: 10, blocks: [0, 1, 2] },
    { nBlocks: 3, wanted: 0, blocks: [] },
  ])('takes $wanted of $nBlocks', ({ nBlocks, wanted, blocks }) => {
    expect(spreadBlocks(nBlocks, wanted)).toEqual(blocks);
  });
});
