import { describe, expect, it } from 'vitest';
import { BLOCK_ROWS, GROUP_BLOCKS, STRIDE } from '../../kernels/linear/layout.ts';
import { rowBlocks, slotsFor, spreadBlocks, stretchesOf } from './row-blocks.ts';

const N = 9 * BLOCK_ROWS + 5;
const columns = [1, 1000].map((unit) => Float64Array.from({ length: N }, (_, row) => unit * (row + 1)));

describe('rowBlocks', () => {
  it.each([1, 3])('gives every stretch of blocks whole, in any order, with room for %d of 3 groups', (slots) => {
    const memory = new Float64Array(slots * 2 * STRIDE + 16).fill(Number.NaN);
    const blocks = rowBlocks(columns, N, memory, 16, slots);
    for (const [first, count] of [
      [0, 4],
      [8, 2],
      [5, 3],
      [9, 1],
      [1, 2],
      [8, 1],
    ] as const) {
      const at = blocks.place({ first, count });
      for (const [j, column] of columns.entries()) {
        const expected = new Float64Array(count * BLOCK_ROWS);
        expected.set(column.subarray(first * BLOCK_ROWS, (first + count) * BLOCK_ROWS));
        expect(memory.slice(at + j * STRIDE, at + j * STRIDE + count * BLOCK_ROWS)).toEqual(expected);
      }
    }
  });
});

describe('slotsFor', () => {
  it.each([
    { title: 'a small table whole', nColumns: 30, nBlocks: 16, slots: 4 },
    { title: 'four blocks of many columns', nColumns: 1e6, nBlocks: 16, slots: 1 },
    { title: 'four blocks of many rows', nColumns: 30, nBlocks: 2000, slots: 1 },
    { title: 'a table without columns', nColumns: 0, nBlocks: 3, slots: 1 },
  ])('keeps $title', ({ nColumns, nBlocks, slots }) => {
    expect(slotsFor(nColumns, nBlocks)).toEqual({ slots, doubles: slots * nColumns * STRIDE });
  });
});

describe('stretchesOf', () => {
  it('joins neighbours of a group', () => {
    expect(stretchesOf([0, 2, 3, 4, 5, 6, 7, 8, 11])).toEqual([
      { first: 0, count: 1 },
      { first: 2, count: 2 },
      { first: 4, count: GROUP_BLOCKS },
      { first: 8, count: 1 },
      { first: 11, count: 1 },
    ]);
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
