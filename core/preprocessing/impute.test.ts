import { describe, expect, it } from 'vitest';
import { fillMissing, medianOf, missingIndicator } from './impute.ts';

describe('medianOf', () => {
  it.each([
    ['an odd number of values', [3, 1, 10], 3],
    // numpy.nanmedian([3, nan, 1, 2, 10]), numpy 2
    ['an even number of values beside a missing one', [3, Number.NaN, 1, 2, 10], 2.5],
    ['one value', [-4], -4],
    ['numbers whose order as text is another', [9, 10, 100], 10],
    ['the largest doubles', [Number.MAX_VALUE, Number.MAX_VALUE], Number.MAX_VALUE],
    ['a negative zero', [-0], 0],
    ['missing values only', [Number.NaN], 0],
    ['nothing', [], 0],
  ])('of %s', (_, values, median) => {
    expect(medianOf(Float64Array.from(values))).toBe(median);
  });
});

describe('fillMissing and missingIndicator', () => {
  it('replace and mark missing values in copies', () => {
    const values = Float64Array.of(1, Number.NaN, 0);
    expect([...fillMissing(values, 5)]).toEqual([1, 5, 0]);
    expect([...missingIndicator(values)]).toEqual([0, 1, 0]);
    expect([...values]).toEqual([1, Number.NaN, 0]);
  });
});
