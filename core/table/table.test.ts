import { describe, expect, it } from 'vitest';
import { categoricalColumn, createTable, isMissing, sortByBytes, valueText } from './table.ts';

const table = createTable([
  { kind: 'numeric', name: 'age', values: Float64Array.of(41, Number.NaN, 7.5) },
  categoricalColumn('plan', ['b', undefined, 'a']),
]);

describe('createTable', () => {
  it('gives columns by name, and values as text', () => {
    const plan = table.column('plan')!;
    expect([0, 1, 2].map((row) => valueText(plan, row))).toEqual(['b', '', 'a']);
    expect([0, 1, 2].map((row) => valueText(table.column('age')!, row))).toEqual(['41', '', '7.5']);
    expect(isMissing(plan, 1)).toBe(true);
    expect(table.column('no')).toBeUndefined();
  });
  it('selects columns and takes rows, in the order asked for, rows repeating', () => {
    const taken = table.select(['plan']).take([2, 2, 0]);
    expect(taken.columns).toHaveLength(1);
    expect([0, 1, 2].map((row) => valueText(taken.column('plan')!, row))).toEqual(['a', 'a', 'b']);
    expect(() => table.select(['no'])).toThrow(RangeError);
  });
  it('refuses columns of unequal length or one name', () => {
    const column = { kind: 'numeric', name: 'a', values: new Float64Array(2) } as const;
    expect(() => createTable([column, column])).toThrow('two columns');
    expect(() => createTable([column, { ...column, name: 'b', values: new Float64Array(3) }])).toThrow('3 rows');
  });
});

describe('sortByBytes', () => {
  it('sorts by UTF-8 bytes, where emoji come after everything of the basic plane', () => {
    expect(sortByBytes(['😀', '\uffee', 'é', 'z', 'Z'])).toEqual(['Z', 'z', 'é', '\uffee', '😀']);
  });
});
