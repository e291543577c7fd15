import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { kolmogorovSmirnovP } from './kolmogorov-smirnov.ts';

describe('kolmogorovSmirnovP', () => {
  // Golden values: `scipy.stats.ks_2samp(a, b)`, scipy 1.17.1, whose statistic and p-value these are.
  it.each([
    [0.095, 500, 400, 0.03398760694204891],
    [0.08266666666666667, 2000, 1500, 1.5412356673927095e-5],
    [0.09333333333333334, 300, 300, 0.14660689047075634],
    [0.13795470144131777, 31, 47, 0.8023931020870109],
    [0.09848284828482848, 9999, 100, 0.2734563308795493],
    [0.49206349206349204, 7, 9, 0.21765734265734266],
    [0.2, 40, 40, 0.404587405685253],
    [0.013717171717171716, 11000, 9000, 0.3060912366583403],
  ])('of %d among %d and %d values equals scipy', (d, n, m, expected) => {
    const { pValue, method } = kolmogorovSmirnovP(d, n, m);
    expect(Math.abs(pValue - expected)).toBeLessThan(1e-11);
    expect(method).toBe('exact');
    expect(kolmogorovSmirnovP(d, m, n).pValue).toBe(pValue);
  });
  it.each([
    [0, 5, 7, 1],
    [1, 1, 1, 1],
    // Of the 10 orders of 3 and 2 values, 2 keep them apart.
    [1, 3, 2, 0.2],
  ])('of %d among %d and %d values is %d', (d, n, m, expected) =>
    expect(kolmogorovSmirnovP(d, n, m).pValue).toBeCloseTo(expected, 12),
  );
  it('takes the limit where exact counting would take long, and the two meet', () => {
    const [n, m] = [120_000, 119_999];
    const far = kolmogorovSmirnovP(0.05, n, m);
    expect(far.method).toBe('limit');
    expect(far.pValue).toBeLessThan(1e-60);
    const near = kolmogorovSmirnovP(0.006, n, m);
    const exact = kolmogorovSmirnovP(0.006, n, n);
    expect(near.method).toBe('limit');
    expect(exact.method).toBe('exact');
    expect(Math.abs(near.pValue - exact.pValue)).toBeLessThan(0.0005);
  });
  it('is below a tenth for a tenth of all pairs of samples', () => {
    const random = createRandom(3, 'ks');
    const [n, m, replicates] = [40, 25, 4000];
    let below = 0;
    for (let i = 0; i < replicates; i++) {
      const values = Array.from({ length: n + m }, () => random.uniform());
      const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
      let [first, second, d] = [0, 0, 0];
      for (const at of order) {
        if (at < n) first++;
        else second++;
        d = Math.max(d, Math.abs(first / n - second / m));
      }
      if (kolmogorovSmirnovP(d, n, m).pValue <= 0.1) below++;
    }
    expect(below / replicates).toBeGreaterThan(0.08);
    expect(below / replicates).toBeLessThanOrEqual(0.11);
  });
});
