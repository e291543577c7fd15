import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log, log1p, pow, powerOfTwo, sin, square } from './elementary.ts';

/** How far two numbers are apart in units in the last place of the expected one. */
function ulps(actual: number, expected: number): number {
  if (Object.is(actual, expected) || actual === expected) return 0;
  return Math.abs(actual - expected) / Math.max(Math.abs(expected) * Number.EPSILON, Number.MIN_VALUE);
}

describe('log', () => {
  it('equals Math.log to two units in the last place over the whole range', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
    );
  });
  it.each([
    [0, Number.NEGATIVE_INFINITY],
    [1, 0],
    [-1, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, expected) => expect(log(x)).toBe(expected));
});

describe('exp', () => {
  it('equals Math.exp to two units in the last place over the whole range', () => {
    fc.assert(
      fc.property(fc.double({ min: -744, max: 709.7, noNaN: true }), (x) => {
        expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
    );
  });
  it.each([
    [0, 1],
    [710, Number.POSITIVE_INFINITY],
    [-746, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, expected) => expect(exp(x)).toBe(expected));
});

describe('log1p', () => {
  it.each([1e-18, -1e-12, 1e-5, 0.5, -0.5, 3, 1e10])('of %d equals Math.log1p', (x) => {
    expect(ulps(log1p(x), Math.log1p(x))).toBeLessThanOrEqual(4);
  });
});

describe('pow', () => {
  it('equals Math.pow to a relative 1e-13 for moderate arguments', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (x, y) => {
          expect(Math.abs(pow(x, y) / x ** y - 1)).toBeLessThan(1e-13);
        },
      ),
    );
  });
  it.each([
    [0, 2, 0],
    [0, 0, 1],
    [0, -1, Number.POSITIVE_INFINITY],
  ])('of %d and %d is %d', (x, y, expected) => expect(pow(x, y)).toBe(expected));
});

describe('square', () => {
  it('is one multiplication', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (x) => square(x) === x * x));
  });
});

describe('powerOfTwo', () => {
  it('is exact for every normal number', () => {
    for (let k = -1022, expected = 2.2250738585072014e-308; k <= 1023; k++, expected *= 2) {
      expect(powerOfTwo(k)).toBe(expected);
    }
  });
});

describe('sin and cos', () => {
  it('equal those of Math to 1e-14 up to a million radians', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), (x) => {
        expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-14);
        expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-14);
      }),
    );
    expect(Math.abs(sin(1e6) - Math.sin(1e6))).toBeLessThan(1e-12);
  });
});
