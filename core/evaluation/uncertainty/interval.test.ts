import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveDf, intervalOf } from './interval.ts';

const many = { df: 1e9 };

describe('intervalOf', () => {
  it("is Wilson's between two ends", () => {
    // statsmodels.stats.proportion.proportion_confint(90, 100, method="wilson"), whose standard error is √(.9 · .1 / 100) = .03
    const [low, high] = intervalOf([0, 1], 0.9, { se: 0.03, ...many });
    expect(low).toBeCloseTo(0.82563433, 6);
    expect(high).toBeCloseTo(0.94477081, 6);
  });
  it('is the same on a longer scale', () => {
    const [low, high] = intervalOf([-1, 1], 0.8, { se: 0.06, ...many });
    expect(low).toBeCloseTo(2 * 0.82563433 - 1, 6);
    expect(high).toBeCloseTo(2 * 0.94477081 - 1, 6);
  });
  it("with few degrees of freedom is as much wider as Student's t", () => {
    const t = 2.26215716; // scipy.stats.t.ppf(.975, 9)
    const [low, high] = intervalOf([0, 1], 0.5, { se: 0.1, df: 9 });
    expect((high + low) / 2).toBeCloseTo(0.5, 12);
    // √(.25 a + a²/4) / (1 + a) with a = t² · .1² / .25
    const a = (t * t * 0.01) / 0.25;
    expect((high - low) / 2).toBeCloseTo(Math.sqrt(0.25 * a + (a * a) / 4) / (1 + a), 6);
  });
  it('is that of the logarithm from one end', () => {
    // 2 * numpy.exp([-1, 1] * 1.959964 * .2 / 2), and 1 less .25 times the same of .05 / .25
    const [low, high] = intervalOf([0, Number.POSITIVE_INFINITY], 2, { se: 0.2, ...many });
    expect(low).toBeCloseTo(2 * Math.exp(-0.1959964), 6);
    expect(high).toBeCloseTo(2 * Math.exp(0.1959964), 6);
    const [under, over] = intervalOf([Number.NEGATIVE_INFINITY, 1], 0.75, { se: 0.05, ...many });
    expect(under).toBeCloseTo(1 - 0.25 * Math.exp(0.3919928), 6);
    expect(over).toBeCloseTo(1 - 0.25 * Math.exp(-0.3919928), 6);
  });
  it("where no row was wrong is Wilson's", () => {
    // statsmodels.stats.proportion.proportion_confint(100, 100, method="wilson"), with Student's t for the normal
    const t = 1.98421695;
    expect(intervalOf([0, 1], 1, { se: 0, df: 99 })[0]).toBeCloseTo(100 / (100 + t * t), 6);
    expect(intervalOf([0, 1], 1, { se: 0, df: 99 })[1]).toBe(1);
    expect(intervalOf([0, 1], 0, { se: 0, df: 99 })[0]).toBe(0);
    expect(intervalOf([0, Number.POSITIVE_INFINITY], 0, { se: 0, df: 9 })).toEqual([0, 0]);
  });
  it('of a logarithm has four degrees of freedom at least', () => {
    // 2 * numpy.exp([-1, 1] * scipy.stats.t.ppf(.975, 4) * .2 / 2)
    const [low, high] = intervalOf([0, Number.POSITIVE_INFINITY], 2, { se: 0.2, df: 1 });
    expect(low).toBeCloseTo(2 * Math.exp(-0.277644511), 6);
    expect(high).toBeCloseTo(2 * Math.exp(0.277644511), 6);
    expect(intervalOf([0, Number.POSITIVE_INFINITY], 2, { se: 0.2, df: 5 })[1]).toBeLessThan(high);
  });
  it('of a logarithm is never wider than ten times the distance to the end', () => {
    expect(intervalOf([0, Number.POSITIVE_INFINITY], 2, { se: 1e6, df: 9 })).toEqual([0.2, 20]);
    expect(intervalOf([Number.NEGATIVE_INFINITY, 1], 0.75, { se: 1e6, df: 9 })).toEqual([1 - 2.5, 1 - 0.025]);
  });
  it('holds the value and stays in the range', () => {
    const ranges = [
      [0, 1],
      [-1, 1],
      [0, 2],
      [0, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, 1],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...ranges),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (range, value, se, df) => {
          const [low, high] = intervalOf(range, value, { se, df });
          expect(low).toBeGreaterThanOrEqual(range[0]);
          expect(high).toBeLessThanOrEqual(range[1]);
          expect(low).toBeLessThanOrEqual(value + 1e-12);
          expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        },
      ),
    );
  });
});

describe('effectiveDf', () => {
  it('is what one row in four leaves when it alone varies', () => {
    // Squares 1, 1, 1, 1 estimate nothing but themselves; of 4, 0, 0, 0 the variance is 2 · (4²/4² − ¼) … = 2 / .75.
    expect(effectiveDf(Float64Array.of(1, -1, 1, -1))).toBe(3);
    expect(effectiveDf(Float64Array.of(2, 0, 0, 0))).toBeCloseTo(2 / 0.75, 12);
  });
  it.each([1e-130, 1e130])('is the same in any unit: %d', (unit) => {
    expect(effectiveDf(Float64Array.of(2 * unit, unit, 0, 0))).toBeCloseTo(
      effectiveDf(Float64Array.of(2, 1, 0, 0)),
      12,
    );
  });
  it('is about the number of rows when they are normal', () => {
    const normal = Float64Array.from(
      { length: 1000 },
      (_, i) => Math.sin(i) * Math.sqrt(-2 * Math.log((i + 0.5) / 1000)),
    );
    expect(effectiveDf(normal)).toBeGreaterThan(700);
    expect(effectiveDf(normal)).toBeLessThan(1500);
  });
});
