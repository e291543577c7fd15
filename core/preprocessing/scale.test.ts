import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitScale, standardise } from './scale.ts';

const scaled = (values: readonly number[]) => {
  const column = Float64Array.from(values);
  return standardise(column, fitScale(column));
};

describe('fitScale', () => {
  // StandardScaler().fit(numpy.array(values)[:, None]): mean_[0], sqrt(var_[0]); scikit-learn 1.9.1, numpy 2
  it.each([
    [[1, 2, 3, 4], 2.5, 1.118033988749895],
    [[3.5, -1.25, 8, 0.1, 1000], 202.07, 398.9777933669993],
    [[1e9, 1e9 + 1, 1e9 + 2], 1000000001, 0.816496580927726],
  ])('of %j is that of StandardScaler', (values, mean, sd) => {
    const scale = fitScale(Float64Array.from(values));
    expect(Math.abs(scale.mean / mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs(scale.sd / sd - 1)).toBeLessThan(1e-14);
  });

  it.each([
    ['one value', [7]],
    ['equal values', [3, 3, 3]],
    ['equal values whose mean is rounded', new Array(1000).fill(0.1)],
    ['values apart by rounding only, as StandardScaler has it', [0.3, 0.30000000000000004, 0.3]],
    ['zeros of both signs', [0, -0]],
    ['nothing', []],
  ])('has a deviation of 0 for %s', (_, values) => {
    expect(fitScale(Float64Array.from(values)).sd).toBe(0);
    expect([...scaled(values)]).toEqual(values.map(() => 0));
  });

  it.each([1e-300, 1e-200, 1e-90, 1e90, 1e200, 1e300])('is exact in ratio for values of size %s', (size) => {
    const { mean, sd } = fitScale(Float64Array.of(size, 2 * size, 4 * size));
    expect(mean / size).toBeCloseTo(7 / 3, 12);
    expect(sd / size).toBeCloseTo(Math.sqrt(14 / 9), 12);
  });
});

describe('standardise', () => {
  it('gives mean 0 and deviation 1', () => {
    const spread = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(spread, (values) => {
        const z = scaled(values);
        // Below 1e-300 doubles run out of digits.
        fc.pre(z.some((value) => value !== 0) && values.some((value) => Math.abs(value) > 1e-300));
        const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
        const squares = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length;
        // A spread near the rounding of the mean leaves as little as a few digits.
        expect(Math.abs(mean)).toBeLessThan(0.1);
        expect(Math.abs(squares - 1)).toBeLessThan(0.1);
      }),
    );
  });

  it('is finite for whatever finite values, in training or later', () => {
    const any = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(any, any, (training, later) => {
        const scale = fitScale(Float64Array.from(training));
        for (const z of standardise(Float64Array.from([...training, ...later]), scale)) {
          expect(Number.isFinite(z)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the largest doubles there are apart', () => {
    expect([...scaled([Number.MAX_VALUE, -Number.MAX_VALUE])]).toEqual([1, -1]);
  });
});
