import { describe, expect, it } from 'vitest';
import { someRows } from './evaluated-run.fixture.ts';
import { hasSamePlaces, knownColumns } from './same-columns.ts';

/** Columns by a letter each for its name and for what it holds: `a1` is column a, of values 1. */
const columns = (...letters: string[]) => letters.map(([name, held]) => ({ name: name!, digest: held!.repeat(16) }));

describe('knownColumns', () => {
  it('finds columns by name, and renamed ones by what they hold', () => {
    const { found, edited } = knownColumns(columns('a1', 'b2', 'c3', 'd4'), columns('x2', 'a1', 'c9', 'y5'));
    expect([...found]).toEqual([
      ['a', 'a'],
      ['b', 'x'],
    ]);
    expect(edited).toEqual(['c']);
  });

  it('takes no column for two, and none that the baseline has under its own name', () => {
    const { found } = knownColumns(columns('a1', 'b1', 'c2'), columns('x1', 'c2'));
    expect([...found]).toEqual([
      ['a', 'x'],
      ['c', 'c'],
    ]);
    expect(knownColumns(columns('a1', 'b2'), columns('b1')).found.size).toBe(0);
  });
});

describe('hasSamePlaces', () => {
  it.each([
    ['the same', ['a1', 'b2'], true],
    ['one more', ['a1', 'b2', 'c3'], true],
    ['one of two gone', ['a1'], true],
    ['one of two renamed', ['a1', 'x2'], true],
    ['one of two edited', ['a1', 'b3'], false],
    ['all gone', ['x3', 'y4'], false],
    ['none', [], false],
  ])('with columns that are %s', (_, after, same) => {
    const before = someRows(4, { columns: columns('a1', 'b2') });
    expect(hasSamePlaces(before, someRows(4, { columns: columns(...after) }))).toBe(same);
  });

  it('needs half of the columns, as many rows, and digests', () => {
    const before = someRows(4, { columns: columns('a1', 'b2', 'c3') });
    expect(hasSamePlaces(before, someRows(4, { columns: columns('a1') }))).toBe(false);
    expect(hasSamePlaces(before, someRows(5, { columns: columns('a1', 'b2', 'c3') }))).toBe(false);
    const { columns: _, ...unknown } = before;
    expect(hasSamePlaces(unknown, before)).toBe(false);
    expect(hasSamePlaces(before, unknown)).toBe(false);
  });
});
