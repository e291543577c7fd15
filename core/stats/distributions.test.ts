import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { normalCdf, normalQuantile } from './distributions.ts';

describe('normalQuantile', () => {
  it.each([
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.5, 0],
    [1e-10, -6.361340902404056],
  ])("of %d is scipy.stats.norm.ppf's %d", (p, expected) => expect(normalQuantile(p)).toBeCloseTo(expected, 12));
  it.each([[-0.1], [1.1], [Number.NaN]])('of %d, no probability, is NaN', (p) => expect(normalQuantile(p)).toBeNaN());
});

describe('createRandom', () => {
  it('gives normal deviates of mean 0 and variance 1', () => {
    const random = createRandom(42, 'moments');
    const draws = Array.from({ length: 20_000 }, () => random.normal());
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(draws.reduce((sum, x) => sum + x * x, 0) / draws.length).toBeCloseTo(1, 1);
  });
});

describe('normalCdf', () => {
  it.each([
    [0, 0.5],
    [1.959963984540054, 0.975],
    [-1.6448536269514722, 0.05],
    [-6, 9.865876450376946e-10],
    [3, 0.9986501019683699],
    [-40, 0],
    [9, 1],
  ])("of %d is scipy.stats.norm.cdf's %d", (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThanOrEqual(1e-14 * Math.max(expected, 1e-6));
  });
});
