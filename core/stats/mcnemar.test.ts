import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcNemarExact, mcNemarMidP } from './mcnemar.ts';

// scipy 1.17: binom.sf(worse - 1, n, .5), and binom.sf(worse, n, .5) + .5 * binom.pmf(worse, n, .5), n = worse + better
const CASES = [
  [6, 0, 0.015625, 0.0078125],
  [5, 1, 0.109375, 0.06250000000000001],
  [12, 3, 0.017578125, 0.010635375976562493],
  [17, 8, 0.05387607216835022, 0.03775934875011447],
  [3, 9, 0.980712890625, 0.953857421875],
  [30, 20, 0.10131937553227033, 0.08038980090599426],
  [0, 0, 1, 0.5],
] as const;

describe('McNemar', () => {
  it.each(CASES)('%i rows worse and %i better: %d exactly, %d as a mid-p', (worse, better, exact, mid) => {
    expect(mcNemarExact(worse, better)).toBeCloseTo(exact, 14);
    expect(mcNemarMidP(worse, better)).toBeCloseTo(mid, 14);
  });
  it('the mid-p of one side and that of the other add up to 1', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (worse, better) => {
        expect(mcNemarMidP(worse, better) + mcNemarMidP(better, worse)).toBeCloseTo(1, 12);
        expect(mcNemarMidP(worse, better)).toBeLessThan(mcNemarExact(worse, better));
      }),
    );
  });
});
