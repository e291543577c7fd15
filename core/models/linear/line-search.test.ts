import { describe, expect, it } from 'vitest';
import { searchLine } from './line-search.ts';

const CONVEX = [
  { title: 'a parabola, first step right', f: (t: number) => (t - 1) ** 2, d: (t: number) => 2 * (t - 1), first: 1 },
  { title: 'a parabola, far too short', f: (t: number) => (t - 1e6) ** 2, d: (t: number) => 2 * (t - 1e6), first: 1 },
  { title: 'a parabola, far too long', f: (t: number) => (t - 1e-6) ** 2, d: (t: number) => 2 * (t - 1e-6), first: 1 },
  { title: 'a flat bottom', f: (t: number) => (t - 1) ** 8, d: (t: number) => 8 * (t - 1) ** 7, first: 5 },
  {
    title: 'a wall',
    f: (t: number) => (t < 2 ? -Math.log(2 - t) - t : Number.NaN),
    d: (t: number) => 1 / (2 - t) - 1,
    first: 9,
  },
  {
    title: 'a cliff to infinity',
    f: (t: number) => Math.exp(t ** 3) - 9 * t,
    d: (t: number) => 3 * t * t * Math.exp(t ** 3) - 9,
    first: 50,
  },
];

describe('searchLine', () => {
  it.each(CONVEX)('satisfies the strong Wolfe conditions on $title', ({ f, d, first }) => {
    const start = { size: 0, value: f(0), slope: d(0) };
    const sizes: number[] = [];
    const found = searchLine(start, first, (size) => {
      sizes.push(size);
      return { size, value: f(size), slope: d(size) };
    })!;
    expect(found.value).toBeLessThanOrEqual(start.value + 1e-4 * found.size * start.slope);
    expect(Math.abs(found.slope)).toBeLessThanOrEqual(0.9 * Math.abs(start.slope));
    expect(found.size).toBe(sizes.at(-1));
    expect(sizes.length).toBeLessThan(20);
  });

  it('goes by the slopes where rounding hides the fall of the value', () => {
    const value = (t: number) => 1e6 + 1e-12 * (t - 1) ** 2;
    const found = searchLine({ size: 0, value: value(0), slope: -2e-12 }, 1.05, (size) => {
      return { size, value: value(size), slope: 2e-12 * (size - 1) };
    });
    expect(found?.size).toBeCloseTo(1, 0);
  });

  it.each([
    { title: 'not a number anywhere', value: Number.NaN, slope: Number.NaN },
    { title: 'higher all around', value: 1, slope: -1 },
  ])('finds nothing where the function is $title', ({ value, slope }) => {
    const found = searchLine({ size: 0, value: 0, slope: -1 }, 1, (size) => ({ size, value, slope }));
    expect(found).toBeNull();
  });
});
