import { describe, expect, it } from 'vitest';
import type { ForestData } from './forest-input.ts';
import { groupCategories as group } from './group-categories.ts';

const N = 400;
/** Categories 0 to 199 have five times the rows of the others; every row says its category's number times 37 modulo 101. */
const codesOf = (rows: number) => Int32Array.from({ length: 1200 * rows }, (_, i) => (i < N * rows ? i % N : i % 200));
const says = (code: number) => (code * 37) % 101;
const dataOf = (values: Float64Array, nClasses: number) => ({ values, weights: null, ends: null, nClasses, unit: 1 });

const groupCategories = (codes: Int32Array, nCategories: number, nBins: number, data: ForestData) =>
  group(codes, nCategories, nBins, data, 7);

describe('groupCategories', () => {
  it.each([1, 2, 254])('gives each of %d categories its own bin, and unseen ones another', (n) => {
    expect([...groupCategories(Int32Array.of(0), n, 255, dataOf(Float64Array.of(1), 0))]).toEqual([
      ...Array(n + 1).keys(),
    ]);
  });

  const rangeInBins = (rows: number) => {
    const codes = codesOf(rows);
    const bins = groupCategories(codes, N, 255, dataOf(Float64Array.from(codes, says), 0));
    expect(new Set(bins.subarray(0, 200)).size).toBe(200);
    expect(new Set(bins)).toEqual(new Set(Array(255).keys()));
    const shared = Map.groupBy(
      Array.from({ length: N - 204 }, (_, i) => 204 + i),
      (code) => bins[code]!,
    );
    const ranges = [...shared.values()].map((all) => Math.max(...all.map(says)) - Math.min(...all.map(says)));
    return ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
  };

  it('keeps frequent ones apart and brings together rare ones that say the like, if they have rows enough to tell', () => {
    // What all of them say spans 100; four that are drawn at random span 60.
    expect(rangeInBins(40)).toBeLessThan(5);
    expect(rangeInBins(1)).toBeGreaterThan(40);
  });

  it('has a bin of its own for unseen categories', () => {
    const bins = groupCategories(codesOf(1), N, 255, dataOf(Float64Array.from(codesOf(1), says), 0));
    expect(bins).toHaveLength(N + 1);
    expect(bins.indexOf(bins[N]!)).toBe(N);
  });

  it('brings together rare ones of different classes only where one class ends and the next begins', () => {
    const nClasses = 3;
    const classOf = (code: number) => code % nClasses;
    const codes = codesOf(30);
    const bins = groupCategories(codes, N, 255, dataOf(Float64Array.from(codes, classOf), nClasses));
    const classes = new Map<number, Set<number>>();
    for (let code = 0; code < N; code++)
      if (bins[code]! >= 204) classes.set(bins[code]!, (classes.get(bins[code]!) ?? new Set()).add(classOf(code)));
    expect(classes.size).toBe(50);
    const mixed = [...classes.values()].filter((all) => all.size > 1);
    expect(mixed.length).toBeLessThanOrEqual(nClasses - 1);
    for (const all of mixed) expect(Math.max(...all) - Math.min(...all)).toBe(1);
  });

  it('has a bin for every category of which no row is left', () => {
    expect(Math.max(...groupCategories(new Int32Array(0), 1000, 255, dataOf(new Float64Array(0), 0)))).toBeLessThan(
      255,
    );
  });
});
