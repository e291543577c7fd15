import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { categoricalColumn, createTable, type Table } from '../../table/table.ts';
import { duplicateFolds, isNoAccident } from './duplicates.ts';
import { featureRows } from './feature-rows.ts';
import type { SplitInput } from './split.ts';

const FEATURES = ['a', 'b', 'c', 'd'];

/** Rows of four features, each of so many values; a continuous one where that is infinite. */
function rowsOf(n: number, levels: readonly number[], seed = 1): Table {
  const random = createRandom(seed, 'rows');
  return createTable(
    levels.map((most, f) => ({
      kind: 'numeric' as const,
      name: FEATURES[f]!,
      values: Float64Array.from({ length: n }, () => (Number.isFinite(most) ? random.integer(most) : random.normal())),
    })),
  );
}

function withCopies(table: Table, rows: readonly number[]): Table {
  return table.take([...Array.from({ length: table.nRows }, (_, row) => row), ...rows]);
}

function split(table: Table, target: Float64Array, changes: Partial<SplitInput['plan']> = {}) {
  const nClasses = target.every((y) => y === 0 || y === 1) ? 2 : 0;
  const plan = { folds: 5, group: null, time: null, gap: 0, ...changes };
  const keys = Float64Array.from({ length: table.nRows }, (_, row) => row);
  const features = table.columns.map(({ name }) => name);
  return duplicateFolds({ dataset: 'd', file: 'f', table, keys, target, nClasses, features, plan, cuts: null });
}

const labels = (n: number, seed = 2, share = 0.5) => {
  const random = createRandom(seed, 'labels');
  return Float64Array.from({ length: n }, () => Number(random.uniform() < share));
};
const answer = (table: Table, target = labels(table.nRows)) => split(table, target).duplicates.rule;

describe('what becomes of equal rows, where nobody says', () => {
  it.each([
    ['few values', rowsOf(400, [2, 3])],
    ['few values, each as often', rowsOf(400, [2, 3]).take(Array.from({ length: 400 }, (_, row) => row >> 1))],
    ['few values of four features', rowsOf(2000, [3, 4, 5, 6])],
    ['few values, and some rows planted', withCopies(rowsOf(400, [2, 3]), [1, 2, 3, 4, 5])],
  ])('rows of %s are spread', (_, table) => {
    expect(answer(table)).toBe('spread');
  });

  it.each([
    ['many values, some of them copied', withCopies(rowsOf(400, [50, 50, 50, 50]), [1, 2, 3, 4, 5])],
    ['numbers, one of them copied', withCopies(rowsOf(400, [Infinity, Infinity]), [7, 7, 7])],
    ['numbers alone, where any copy would be one', rowsOf(400, [Infinity, Infinity])],
  ])('rows of %s stay together', (_, table) => {
    expect(answer(table)).toBe('group');
  });

  it('are together where a class comes in multiples of one number, however few its values are', () => {
    const table = rowsOf(300, [12, 12]);
    const target = labels(300, 3, 0.3);
    const distinct = featureRows(table, ['a', 'b']);
    // Every distinct row of the rare class three times.
    const rare = [...distinct.first].filter((row) => target[row] === 1);
    const common = [...Array(300).keys()].filter((row) => target[row] === 0);
    const rows = [...common, ...rare, ...rare, ...rare];
    const made = table.take(rows);
    const labelsMade = Float64Array.from(rows, (row) => target[row]!);
    expect(isNoAccident(featureRows(made, ['a', 'b']), labelsMade, 2)).toBe(true);
    // One more row, and they are not multiples any more.
    const more = made.take([...Array(made.nRows).keys(), made.nRows - 1]);
    expect(isNoAccident(featureRows(more, ['a', 'b']), Float64Array.of(...labelsMade, 1), 2)).toBe(false);
  });

  it('are spread where fewer than twenty of a class come in multiples, which chance can do', () => {
    const pairs = Array.from({ length: 400 }, (_, row) => row >> 1);
    const labelled = labels(200);
    expect(
      answer(
        rowsOf(400, [2, 3]).take(pairs),
        Float64Array.from(pairs, (row) => labelled[row]!),
      ),
    ).toBe('spread');
  });

  it('obeys what is said', () => {
    const table = withCopies(rowsOf(400, [Infinity, Infinity]), [7, 7, 7]);
    expect(split(table, labels(403), { duplicates: 'spread' })).toMatchObject({
      clusters: null,
      duplicates: { rule: 'spread', copies: 3 },
    });
    expect(split(rowsOf(400, [2, 3]), labels(400), { duplicates: 'group' }).duplicates.rule).toBe('group');
  });
});

describe('rows that stay together', () => {
  it('are in one fold and one cluster, whatever their targets', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 1, maxLength: 60 }), fc.boolean(), (copied, isValue) => {
        const table = withCopies(rowsOf(200, [Infinity, Infinity]), copied);
        const random = createRandom(copied.length, 'y');
        const target = Float64Array.from({ length: table.nRows }, () =>
          isValue ? random.normal() : random.integer(2),
        );
        const { folds, clusters, duplicates } = split(table, target);
        expect(duplicates).toMatchObject({ rule: 'group', copies: copied.length });
        const isLarge = (row: number) => copied.filter((each) => each === row).length + 1 > table.nRows / 20;
        for (const [i, row] of copied.entries()) {
          if (isLarge(row)) continue;
          expect(folds[200 + i]).toBe(folds[row]);
          expect(clusters![200 + i]).toBe(clusters![row]);
        }
        expect(new Set(folds).size).toBe(5);
      }),
    );
  });

  it('have the same fold and cluster wherever they stand in the file', () => {
    const table = withCopies(rowsOf(200, [Infinity, Infinity]), [3, 3, 5, 8]);
    const target = labels(204);
    const back = [...Array(204).keys()].reverse();
    const forward = split(table, target);
    const backward = split(
      table.take(back),
      Float64Array.from(back, (row) => target[row]!),
    );
    expect([...backward.folds].reverse()).toEqual([...forward.folds]);
    expect([...backward.clusters!].reverse()).toEqual([...forward.clusters!]);
  });

  it('are spread after all where they would be more than a twentieth of the table', () => {
    const table = withCopies(rowsOf(3000, [Infinity, Infinity]), new Array<number>(3000).fill(7));
    const target = Float64Array.from({ length: 6000 }, (_, row) => Number(row % 40 === 0));
    const { folds, clusters } = split(table, target);
    const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((each) => each === fold).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(4);
    expect(new Set(clusters).size).toBe(6000);
  });
});

describe('featureRows', () => {
  it('tell rows apart by every value, missing ones too, and by no other column', () => {
    const table = createTable([
      categoricalColumn('plan', ['a', 'a', undefined, undefined, 'b', 'a']),
      { kind: 'numeric', name: 'age', values: Float64Array.of(1, 1, 1, 1, 1, Number.NaN) },
      { kind: 'numeric', name: 'id', values: Float64Array.of(1, 2, 3, 4, 5, 6) },
    ]);
    const { distinct, counts } = featureRows(table, ['plan', 'age']);
    expect([...distinct]).toEqual([0, 0, 1, 1, 2, 3]);
    expect([...counts]).toEqual([2, 2, 1, 1]);
    expect([...featureRows(table, ['age', 'plan']).counts]).toEqual([2, 2, 1, 1]);
    expect(new Set(featureRows(table, ['id', 'plan', 'age']).distinct).size).toBe(6);
  });
});
