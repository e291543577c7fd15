import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random/random.ts';
import { fitProbit, probitAt } from './probit.ts';

const trials = [0.1, 0.3, 0.5, 0.6, 0.8, 0.9, 1.1, 1.2, 1.5, 2].map((x, i) => ({
  x,
  caught: [2, 5, 6, 8, 9].includes(i),
}));

describe('fitProbit', () => {
  it('finds the largest likelihood, and its curvature, as scipy does', () => {
    const fit = fitProbit(trials)!;
    // scipy 1.17: minimize(lambda b: -(y * norm.logcdf(b[0] + b[1] * x) + (1 - y) * norm.logcdf(-b[0] - b[1] * x)).sum(),
    // [0, 0], method="Nelder-Mead"); the inverse of X' W X with W = pdf² / (cdf · sf)
    expect(fit.intercept).toBeCloseTo(-1.5364886, 6);
    expect(fit.slope).toBeCloseTo(1.7609621, 6);
    for (const [i, value] of [1.01748361, -0.96590692, 1.14996466].entries())
      expect(fit.covariance[i]).toBeCloseTo(value, 6);
  });

  it('finds the chance that was simulated', () => {
    const random = createRandom(5, 'probit');
    const many = Array.from({ length: 4000 }, () => {
      const x = 2 * random.uniform();
      return { x, caught: -2.33 + 3.61 * x + random.normal() > 0 };
    });
    const { chance, low, high } = probitAt(fitProbit(many)!, 1);
    expect(chance).toBeCloseTo(0.9, 1);
    expect(low).toBeLessThan(0.9);
    expect(high).toBeGreaterThan(0.9);
    expect(high - low).toBeLessThan(0.05);
  });

  it.each([
    ['all are caught', [true, true, true]],
    ['none is caught', [false, false, false]],
    ['one drop parts them', [false, true, true]],
  ])('knows nothing where %s', (_, caught) => {
    expect(fitProbit(caught.map((hit, i) => ({ x: i, caught: hit })))).toBeNull();
  });
});
