import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { bootstrapDraws, deviationsOf, nDraws } from './bootstrap.ts';
import { standardError } from './noise-of-rows.ts';

const strata = Uint8Array.from({ length: 300 }, (_, row) => (row < 100 ? 0 : 1));
const random = createRandom(1, 'values');
const values = Float64Array.from({ length: 300 }, () => random.normal());
const meanOf = (of: Float64Array) => (counts: Uint16Array) =>
  of.reduce((sum, value, row) => sum + counts[row]! * value, 0) / 300;

describe('bootstrapDraws', () => {
  it('draws as many rows of each stratum as there are', () => {
    const sums = new Set<string>();
    const total = (counts: Uint16Array) => counts.reduce((sum, count) => sum + count, 0);
    bootstrapDraws(
      (counts) => {
        sums.add(`${total(counts.subarray(0, 100))} ${total(counts.subarray(100))}`);
        return 0;
      },
      { seed: 'ab', strata, clusters: null },
    );
    expect([...sums]).toEqual(['100 200']);
  });
  it('draws the same rows for the same seed, and others for another', () => {
    const draw = (seed: string) => bootstrapDraws(meanOf(values), { seed, strata, clusters: null });
    expect(draw('ab')).toEqual(draw('ab'));
    expect(draw('ab')).not.toEqual(draw('cd'));
  });
  it('draws whole clusters, whatever their strata', () => {
    const clusters = Uint32Array.from({ length: 300 }, (_, row) => row % 7);
    bootstrapDraws(
      (counts) => {
        for (const [row, count] of counts.entries())
          if (count !== counts[row % 7]) throw new Error('a cluster was split');
        return 0;
      },
      { seed: 'ab', strata, clusters },
    );
  });
  it.each([
    [300, 1000],
    [40_000, 1000],
    [80_000, 500],
    [1_000_000, 200],
  ])('of %d rows takes %d draws', (rows, draws) => {
    expect(nDraws(rows)).toBe(draws);
  });
});

describe('deviationsOf', () => {
  const deviations = (of: Float64Array) =>
    deviationsOf(bootstrapDraws(meanOf(of), { seed: 'ab', strata, clusters: null }));

  it('has the standard error of a mean within strata', () => {
    const within = [values.subarray(0, 100), values.subarray(100)].map((part) => {
      const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
      return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    });
    const expected = Math.sqrt(within[0]! + within[1]!) / 300;
    // A standard error from 1,000 draws is good to 1/√2000, two in a hundred.
    expect(standardError(deviations(values)) / expected).toBeGreaterThan(0.94);
    expect(standardError(deviations(values)) / expected).toBeLessThan(1.06);
  });
  it('pairs: what two statistics share cancels in the difference of their deviations', () => {
    const other = values.map((value, row) => value + (row % 2) / 100);
    const own = deviations(values);
    const difference = deviations(other).map((moved, draw) => moved - own[draw]!);
    expect(standardError(difference)).toBeLessThan(0.0004);
    expect(standardError(deviations(values))).toBeGreaterThan(0.05);
  });
});
