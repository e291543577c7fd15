import { describe, expect, it } from 'vitest';
import { metrics } from '../metrics/index.ts';
import { rowSwapPValue } from './row-swaps.ts';

const f1 = metrics.get('f1');
const alone = { clusters: null, seed: 'ab' };

/** Decisions for class 1 of ten positives and thirty negatives; digits are rows. */
function side(...decided: readonly number[]) {
  const target = Float64Array.from({ length: 40 }, (_, row) => Number(row < 10));
  return { nClasses: 2, target, predictedClass: target.map((_, row) => Number(decided.includes(row))) };
}

/** The chance of a drop at least as large, of all ways to swap the rows on which the sides differ. */
function enumerated(before: ReturnType<typeof side>, after: ReturnType<typeof side>): number {
  const rows = [...before.predictedClass.keys()].filter(
    (row) => before.predictedClass[row] !== after.predictedClass[row],
  );
  const value = (predictedClass: Float64Array) => f1.compute({ ...before, predictedClass, score: predictedClass });
  const drop = (swapped: number) => {
    const [one, other] = [before.predictedClass.slice(), after.predictedClass.slice()];
    rows.forEach((row, i) => {
      if ((swapped >> i) & 1) [one[row], other[row]] = [other[row]!, one[row]!];
    });
    return value(one) - value(other);
  };
  const seen = drop(0);
  const all = Array.from({ length: 2 ** rows.length }, (_, swapped) => drop(swapped));
  return all.filter((each) => each >= seen - 1e-12).length / all.length;
}

describe('swapping rows', () => {
  it.each([
    ['positives lost', side(0, 1, 2, 3, 4, 5, 6, 7, 20), side(0, 1, 20)],
    ['recall for precision', side(0, 1, 2, 3), side(0, 1, 2, 3, 4, 5, 11, 12, 13)],
    ['better', side(0, 1), side(0, 1, 2, 3, 4)],
    ['precision lost', side(0, 1, 2, 3), side(0, 1, 2, 3, 11, 12, 13, 14, 15)],
  ])('gives what all swaps together give: %s', (_title, before, after) => {
    const exact = enumerated(before, after);
    // 9,999 draws: four standard errors.
    const tolerance = 4 * Math.sqrt((exact * (1 - exact)) / 9999) + 1e-4;
    expect(Math.abs(rowSwapPValue(f1, [before], [after], alone) - exact)).toBeLessThan(tolerance);
  });

  it('is the same to the last bit with the same seed, and differs with another', () => {
    const pair = [[side(0, 1, 2, 3)], [side(0, 1, 5, 11, 12)]] as const;
    expect(rowSwapPValue(f1, ...pair, alone)).toBe(rowSwapPValue(f1, ...pair, alone));
    expect(rowSwapPValue(f1, ...pair, alone)).not.toBe(rowSwapPValue(f1, ...pair, { ...alone, seed: 'cd' }));
  });

  it('finds nothing where nothing differs', () => {
    expect(rowSwapPValue(f1, [side(1, 2)], [side(1, 2)], alone)).toBe(1);
  });

  it('swaps the repeats of a row together', () => {
    const twice = (...sides: ReturnType<typeof side>[]) => sides;
    const before = side(0, 1, 2, 3, 4, 5, 6, 7, 20);
    const after = side(0, 1, 20);
    expect(rowSwapPValue(f1, twice(before, before), twice(after, after), alone)).toBe(
      rowSwapPValue(f1, [before], [after], alone),
    );
  });

  it('swaps rows of a cluster together: of two clusters every fourth swap is as large', () => {
    const before = side(0, 1, 2, 3, 4, 5, 6, 7);
    const after = side(0, 1);
    const clusters = Uint32Array.from({ length: 40 }, (_, row) => row % 2);
    expect(rowSwapPValue(f1, [before], [after], { ...alone, clusters })).toBeCloseTo(1 / 4, 1);
    expect(rowSwapPValue(f1, [before], [after], alone)).toBeLessThan(0.03);
  });
});
