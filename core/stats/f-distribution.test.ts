import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fSurvival } from './f-distribution.ts';
import { studentTSurvival } from './student-t.ts';

describe('fSurvival', () => {
  // scipy 1.17.1: scipy.stats.f.sf(f, dfn, dfd)
  it.each([
    [1, 5, 5, 0.5],
    [3.5, 5, 20, 0.01958355638798041],
    [2, 45, 5, 0.2254252173506005],
    [2.5, 4.6, 61.3, 0.04416684669552815],
    [1e4, 5, 5, 5.430549002279987e-10],
    [0.2, 9, 3, 0.9739388174551414],
  ])('of %d with %d and %d degrees of freedom', (f, numerator, denominator, expected) => {
    expect(Math.abs(fSurvival(f, numerator, denominator) / expected - 1)).toBeLessThan(1e-11);
  });
  it.each([
    [0, 5, 5, 1],
    [-1, 5, 5, 1],
    [Number.POSITIVE_INFINITY, 5, 5, 0],
    [Number.NaN, 5, 5, Number.NaN],
    [1, 0, 5, Number.NaN],
    [1, 5, -1, Number.NaN],
  ])('of %d with %d and %d is %d', (f, numerator, denominator, expected) => {
    expect(fSurvival(f, numerator, denominator)).toBe(expected);
  });
  it('turns round with its sides, and is that of the square of a t with one degree of freedom above', () => {
    const df = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), df, df, (f, a, b) => {
        expect(fSurvival(f, a, b)).toBeCloseTo(1 - fSurvival(1 / f, b, a), 10);
        expect(fSurvival(f, 1, b)).toBeCloseTo(2 * studentTSurvival(Math.sqrt(f), b), 10);
      }),
    );
  });
});
