import { describe, expect, it } from 'vitest';
import { groupCategories } from './group-categories.ts';

const N = 400;
/** Categories 0 to 199 have five rows each, the others one; every row says its category's number times 37 modulo 101. */
const codes = Int32Array.from({ length: 1200 }, (_, i) => (i < N ? i : i % 200));
const says = (code: number) => (code * 37) % 101;
const dataOf = (values: Float64Array, nClasses: number) => ({ values, weights: null, ends: null, nClasses, unit: 1 });
const numbers = dataOf(Float64Array.from(codes, says), 0);

describe('groupCategories', () => {
  it.each([1, 2, 255])('gives each of %d categories its own bin', (n) => {
    expect([...groupCategories(Int32Array.of(0), n, 255, dataOf(Float64Array.of(1), 0))]).toEqual([...Array(n).keys()]);
  });

  it('keeps frequent ones apart and brings together rare ones that say the like', () => {
    const bins = groupCategories(codes, N, 255, numbers);
    expect(new Set(bins.subarray(0, 200)).size).toBe(200);
    expect(new Set(bins)).toEqual(new Set(Array(255).keys()));
    const shared = new Map<number, number[]>();
    for (let code = 204; code < N; code++) shared.set(bins[code]!, [...(shared.get(bins[code]!) ?? []), says(code)]);
    for (const all of shared.values()) expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(3);
  });

  it('brings together rare ones of different classes only where one class ends and the next begins', () => {
    const nClasses = 3;
    const classOf = (code: number) => code % nClasses;
    const bins = groupCategories(codes, N, 255, dataOf(Float64Array.from(codes, classOf), nClasses));
    const classes = new Map<number, Set<number>>();
    for (let code = 0; code < N; code++)
      if (bins[code]! >= 204) classes.set(bins[code]!, (classes.get(bins[code]!) ?? new Set()).add(classOf(code)));
    expect(classes.size).toBe(51);
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
