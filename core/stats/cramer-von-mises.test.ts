import { describe, expect, it } from 'vitest';
import { cramerVonMisesP, exactCramerVonMisesP } from './cramer-von-mises.ts';

describe('exactCramerVonMisesP', () => {
  it('is 1 of the smallest statistic and one order of all of the largest', () => {
    // The orders of two and two values: AABB and BBAA are farthest apart.
    const u = 2 * ((1 - 1) ** 2 + (2 - 2) ** 2) + 2 * ((3 - 1) ** 2 + (4 - 2) ** 2);
    expect(exactCramerVonMisesP(u, 2, 2)).toBeCloseTo(2 / 6, 14);
    expect(exactCramerVonMisesP(0, 2, 2)).toBe(1);
  });
});

describe('cramerVonMisesP', () => {
  it('falls from 1 to 0', () => {
    const found = [0, 0.05, 0.1, 0.5, 1, 2, 5, 30].map((t) => cramerVonMisesP(t, 300, 200));
    expect(found[0]).toBe(1);
    for (const [i, p] of found.entries()) if (i > 0) expect(p).toBeLessThan(found[i - 1]!);
    expect(found.at(-1)).toBeGreaterThanOrEqual(0);
  });
  // The table of Anderson & Darling 1952: P(W² > .46136) = .05, P(W² > .74346) = .01, of infinitely many values.
  it.each([
    [0.46136, 0.05],
    [0.74346, 0.01],
  ])('has the limit’s critical value %d', (t, p) => {
    expect(cramerVonMisesP(t, 1e7, 1e7)).toBeCloseTo(p, 5);
  });
});
