import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halvedBy, proposedLimit } from './propose-limit.ts';

describe('proposedLimit', () => {
  it.each([
    [0.00312, 0.0032],
    [0.003, 0.003],
    [0.0991, 0.1],
    [1234, 1300],
    [0, 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
  ])('of %d is %d', (provable, limit) => expect(proposedLimit(provable)).toBe(limit));

  it('is never below what can be proved, and at most a tenth above', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), (provable) => {
        expect(proposedLimit(provable)).toBeGreaterThanOrEqual(provable * (1 - 1e-9));
        expect(proposedLimit(provable)).toBeLessThanOrEqual(provable * 1.1 + 1e-12);
      }),
    );
  });
});

describe('halvedBy', () => {
  it.each([
    ['rows alone make the noise', { rows: 4, seeds: 0, seedsInRows: 0 }, 2, null],
    ['rows make more than a quarter of it', { rows: 3, seeds: 2, seedsInRows: 1 }, 2, null],
    // Rows' own part 1, seeds 15: a quarter of 16 is 4, so seeds may have 3: a fifth, with ten repeats instead of two.
    ['seeds make nearly all of it', { rows: 2, seeds: 15, seedsInRows: 1 }, 2, 10],
    ['seeds make all of it', { rows: 1, seeds: 4, seedsInRows: 1 }, 2, 8],
    ['it would take too many', { rows: 1, seeds: 4, seedsInRows: 1 }, 6, null],
    ['there are no repeats', { rows: 1, seeds: 0, seedsInRows: 0 }, 1, null],
  ])('where %s', (_, parts, repeats, expected) => {
    expect(halvedBy(parts, repeats)).toEqual({ rows: 4, repeats: expected });
  });
});
