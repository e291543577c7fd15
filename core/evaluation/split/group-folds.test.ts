import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../errors/app-error.ts';
import { categoricalColumn, createTable } from '../../table/table.ts';
import { groupFolds } from './group-folds.ts';

function foldsOf(groups: readonly (string | undefined)[], folds = 5, dataset = 'churn') {
  const table = createTable([categoricalColumn('customer', groups)]);
  return groupFolds({
    dataset,
    file: 'churn.csv',
    table,
    keys: Float64Array.from(groups.keys()),
    target: new Float64Array(groups.length),
    nClasses: 2,
    plan: { folds, group: 'customer', time: null, gap: 0 },
    cuts: null,
    features: [],
  });
}
const someGroups = fc.array(fc.nat(40).map(String), { minLength: 200, maxLength: 300 });

describe('groupFolds', () => {
  it('keeps the rows of a group together, and numbers groups as clusters', () => {
    fc.assert(
      fc.property(someGroups, (groups) => {
        const { folds, clusters } = foldsOf(groups);
        for (const value of new Set(groups)) {
          const rows = groups.flatMap((group, row) => (group === value ? [row] : []));
          expect(new Set(rows.map((row) => folds[row])).size).toBe(1);
          expect(new Set(rows.map((row) => clusters![row])).size).toBe(1);
        }
        expect(new Set(clusters).size).toBe(new Set(groups).size);
        expect(Math.max(...folds)).toBeLessThan(5);
      }),
    );
  });

  it('gives a row the same fold and cluster wherever it stands in the file', () => {
    fc.assert(
      fc.property(someGroups, (groups) => {
        const forward = foldsOf(groups);
        const backward = foldsOf([...groups].reverse());
        expect([...backward.folds].reverse()).toEqual([...forward.folds]);
        expect([...backward.clusters!].reverse()).toEqual([...forward.clusters!]);
      }),
    );
  });

  it('makes folds of about equally many rows', () => {
    const groups = Array.from({ length: 1000 }, (_, row) => String(row % 100));
    const counts = [0, 1, 2, 3, 4].map((fold) => foldsOf(groups).folds.filter((each) => each === fold).length);
    expect(counts).toEqual([200, 200, 200, 200, 200]);
  });

  it('moves few groups when one is added', () => {
    const groups = Array.from({ length: 1000 }, (_, row) => String(row % 100));
    const before = foldsOf(groups).folds;
    const after = foldsOf([...groups, 'new', 'new']).folds;
    expect(before.filter((fold, row) => fold !== after[row]).length).toBeLessThanOrEqual(50);
  });

  it.each([
    ['too few groups', ['a', 'b', 'a', 'b'], /too few groups: 5 folds need at least 5\n {2}found: 2 groups/],
    ['a row without a group', ['a', undefined, 'b'], /is empty in this row/],
  ])('refuses %s', (_, groups, message) => {
    expect(() => foldsOf(groups)).toThrow(DataError);
    expect(() => foldsOf(groups)).toThrow(message);
  });
});
