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

  it('never brings together rare ones of different classes where each class has bins enough', () => {
    const classes = dataOf(
      Float64Array.from(codes, (code) => code % 3),
      3,
    );
    const bins = groupCategories(codes, N, 255, classes);
    const mixed = new Set<number>();
    for (let bin = 204; bin < 255; bin++)
      if (new Set([...Array(N).keys()].filter((code) => bins[code] === bin).map((code) => code % 3)).size > 1)
        mixed.add(bin);
    // One border between classes may fall into a bin.
    expect(mixed.size).toBeLessThanOrEqual(2);
  });

  it('has a bin for every category of which no row is left', () => {
    expect(Math.max(...groupCategories(new Int32Array(0), 1000, 255, dataOf(new Float64Array(0), 0)))).toBeLessThan(
      255,
    );
  });
});
