import { describe, expect, it } from 'vitest';
import { midRanks } from './mid-ranks.ts';

describe('midRanks', () => {
  it('is rankdata([2, 0.5, 2, -1, 2, 0.5]) of scipy', () => {
    expect([...midRanks(Float64Array.of(2, 0.5, 2, -1, 2, 0.5))]).toEqual([5, 2.5, 5, 1, 5, 2.5]);
  });

  it('is empty without values', () => {
    expect(midRanks(new Float64Array(0))).toHaveLength(0);
  });
});
