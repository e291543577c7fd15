import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGamma, regularizedBeta, studentTQuantile, studentTSurvival } from './student-t.ts';

const relative = (actual: number, expected: number) =>
  Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);

// Golden values: scipy 1.17.1.
describe('studentTSurvival equals scipy.stats.t.sf', () => {
  it.each([
    [0, 5, 0.5],
    [2.0150483733330233, 5, 0.0500000000000001],
    [-1.3, 2.5, 0.8497566053646458],
    [3.5, 19, 0.0011976733448414046],
    [40, 3, 1.7190340394579253e-5],
    [2.326, 1e6, 0.010009374769321391],
    [0.01, 1, 0.496817007235093],
    [8, 7128, 7.207824084980066e-16],
  ])('at %d with %d degrees of freedom', (t, df, expected) => {
    expect(relative(studentTSurvival(t, df), expected)).toBeLessThan(1e-9);
  });
  it.each([
    [Number.POSITIVE_INFINITY, 4, 0],
    [Number.NEGATIVE_INFINITY, 4, 1],
    [Number.NaN, 4, Number.NaN],
    [1, 0, Number.NaN],
  ])('at the edge %d, %d is %d', (t, df, expected) => expect(studentTSurvival(t, df)).toBe(expected));
});

describe('studentTQuantile equals scipy.stats.t.ppf', () => {
  it.each([
    [0.99, 19, 2.5394831906239625],
    [0.95, 4, 2.1318467863266495],
    [0.99, 20639, 2.326528568424931],
    [0.995, 1, 63.656741162871526],
    [0.01, 2.5, -5.353111173030874],
    [0.9, 1e9, 1.2815515663911852],
    [0.998, 3, 8.052613074541652],
    [0.5, 3, 0],
    [0, 3, Number.NEGATIVE_INFINITY],
  ])('at %d with %d degrees of freedom', (p, df, expected) => {
    if (Number.isFinite(expected) && expected !== 0) {
      expect(relative(studentTQuantile(p, df), expected)).toBeLessThan(1e-8);
    } else expect(studentTQuantile(p, df)).toBe(expected);
  });
  it('undoes the survival function', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.5, max: 1e5, noNaN: true }),
        (p, df) => {
          expect(studentTSurvival(studentTQuantile(p, df), df)).toBeCloseTo(1 - p, 8);
        },
      ),
    );
  });
  it.each([-0.1, 1.1, Number.NaN])('of %d, no probability, is NaN', (p) => expect(studentTQuantile(p, 3)).toBeNaN());
});

describe('logGamma equals scipy.special.gammaln', () => {
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1, 0],
    [3.7, 1.428072326665388],
    [10, 12.801827480081469],
    [171.5, 709.1431630309283],
    [1e6, 12815504.569147611],
  ])('at %d', (x, expected) => {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)) * 10);
  });
});

describe('regularizedBeta equals scipy.special.betainc', () => {
  it.each([
    [0.5, 0.5, 0.5, 0.5],
    [0.3, 2, 5, 0.5798250000000003],
    [0.99, 10, 0.5, 0.6579281751567845],
    [0.01, 0.5, 1000, 0.999992633602262],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('at x = %d, a = %d, b = %d', (x, a, b, expected) => {
    expect(Math.abs(regularizedBeta(x, a, b) - expected)).toBeLessThan(1e-12);
  });
  it('outside [0, 1] is NaN', () => expect(regularizedBeta(1.5, 1, 1)).toBeNaN());
});
