import { describe, expect, it } from 'vitest';
import { categoricalColumn } from '../table/table.ts';
import { countCategories, mostFrequent, oneHot, recode } from './encode.ts';

describe('countCategories', () => {
  it('counts what occurs, in byte order, and leaves the rest of the dictionary out', () => {
    const column = {
      kind: 'categorical',
      name: 'x',
      codes: Int32Array.of(2, 0, -1, 2),
      categories: ['b', 'unused', 'a'],
    } as const;
    expect(countCategories(column)).toEqual({ categories: ['a', 'b'], counts: [2, 1], missing: 1 });
  });
});

describe('mostFrequent', () => {
  const counted = countCategories(categoricalColumn('x', ['d', 'd', 'c', 'b', 'a', 'a', 'a', 'e', 'e']));

  it.each([
    [1, ['a']],
    [2, ['a', 'd']],
    [4, ['a', 'b', 'd', 'e']],
    [9, ['a', 'b', 'c', 'd', 'e']],
  ])('keeps %i, ties by byte order, in byte order', (most, kept) => {
    expect(mostFrequent(counted, most)).toEqual(kept);
  });
});

describe('recode', () => {
  it('matches categories by their text and marks missing and unknown ones with −1', () => {
    const column = categoricalColumn('x', ['c', 'a', undefined, 'b', 'constructor']);
    expect([...recode(column, ['b', 'c'])]).toEqual([1, -1, -1, 0, -1]);
  });
});

describe('oneHot', () => {
  it('gives a column per level and zeros to rows without one', () => {
    expect(oneHot(Int32Array.of(1, -1, 0), 2).map((column) => [...column])).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
});
