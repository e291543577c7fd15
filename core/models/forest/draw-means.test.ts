import { describe, expect, it } from 'vitest';
import { deviateOf, drawMeans, hash } from './draw-means.ts';

/** Sums of these targets by category. */
function sumsOf(byCategory: readonly (readonly number[])[], unit = 1) {
  return {
    weights: Float64Array.from(byCategory, (targets) => unit * targets.length),
    said: Float64Array.from(byCategory, (targets) => unit * targets.reduce((sum, y) => sum + y, 0)),
    squares: byCategory.flat().reduce((sum, y) => sum + unit * y * y, 0),
  };
}
const none = () => 0;
const each = (n: number, targets: (i: number) => number[]) => Array.from({ length: n }, (_, i) => targets(i));

describe('drawMeans, without noise', () => {
  /*
   * NumPy: groups = [[0, 2], [4, 6, 8], [1]]; y = np.concatenate(groups); n = np.array([2, 3, 1]); L = 3
   * MSW = sum(((g - np.mean(g))**2).sum() for g in map(np.array, groups)) / (6 - L) = 10/3
   * MSB = sum(k * (np.mean(g) - y.mean())**2 for k, g in zip(n, groups)) / (L - 1) = 16.25
   * n0 = (6 - (n**2).sum() / 6) / (L - 1) = 1.8333333; MSW / ((MSB - MSW) / n0) = 0.4731, which is raised to 5
   */
  it('shrinks clear categories by five rows', () => {
    const means = drawMeans(sumsOf([[0, 2], [4, 6, 8], [1]]), 1, none);
    expect([...means]).toEqual([(2 + 5 * 3.5) / 7, (18 + 5 * 3.5) / 8, (1 + 5 * 3.5) / 6]);
  });

  /*
   * NumPy: groups = [[i % 3 - 3, i % 3 + 3] for i in range(30)]; MSW = 18, MSB = 2 * np.var([i % 3 for i in range(30)]) * 30 / 29
   * = 1.3793: less than within categories, so these do not differ at all.
   */
  it('shrinks categories that differ no more than rows do by a hundred', () => {
    const groups = each(30, (i) => [(i % 3) - 3, (i % 3) + 3]);
    const means = drawMeans(sumsOf(groups), 1, none);
    for (const [i, y] of means.entries()) expect(y).toBeCloseTo((2 * (i % 3) + 100 * 1) / 102, 12);
  });

  /*
   * NumPy: groups = [[i % 3 - 2, i % 3 + 2] for i in range(30)] * 4 in each of 30 categories: n = 8;
   * MSW = 8 * 4 * 30 / (240 - 30) = 4.5714286; MSB = 8 * np.var([i % 3 for i in range(30)]) * 30 / 29 = 5.5172414;
   * MSW / ((MSB - MSW) / 8) = 38.6666667
   */
  it('estimates what lies between', () => {
    const groups = each(30, (i) => each(8, (j) => [(i % 3) + (j % 2 === 0 ? 2 : -2)]).flat());
    const means = drawMeans(sumsOf(groups), 1, none);
    const prior = 38 + 2 / 3;
    for (const [i, y] of means.entries()) expect(y).toBeCloseTo((8 * (i % 3) + prior) / (8 + prior), 12);
  });

  it.each([
    ['one row each', each(20, (i) => [i])],
    ['a single one', [[1, 2, 3]]],
    ['none', []],
  ])('does not fail on categories of %s', (_, groups) => {
    const means = drawMeans(sumsOf(groups), 1, none);
    for (const y of means) expect(Number.isFinite(y)).toBe(true);
  });

  it('gives a category without rows the mean of all', () => {
    expect(drawMeans(sumsOf([[0, 2], [], [4]]), 1, () => 1)[1]).toBe(2);
  });

  it('is the same whatever one row weighs', () => {
    const groups = [[0, 2, 1], [4, 6, 8], [1]];
    const deviate = (i: number) => i - 1;
    expect(drawMeans(sumsOf(groups, 1024), 1024, deviate)).toEqual(drawMeans(sumsOf(groups), 1, deviate));
  });
});

describe('the noise of drawMeans', () => {
  it('hides what a category of one row says, and not what one of 400 rows says', () => {
    const ofRows = (rows: number) =>
      sumsOf([
        ...each(50, (i) => Array<number>(rows).fill(i % 2)),
        ...each(50, () => each(rows, (j) => [j % 2]).flat()),
      ]);
    const share = (rows: number) => {
      let right = 0;
      for (let key = 0; key < 40; key++) {
        const means = drawMeans(ofRows(rows), 1, (i) => deviateOf((place) => hash(key, place), i));
        for (let i = 0; i < 50; i += 2) if (means[i]! < means[i + 1]!) right++;
      }
      return right / 1000;
    };
    expect(share(1)).toBeLessThan(0.7);
    expect(share(400)).toBe(1);
  });

  it('has the size that is left of the spread after the rows and the prior', () => {
    const groups = each(2000, (i) => [i % 2]);
    const means = drawMeans(sumsOf(groups), 1, (i) => deviateOf((place) => hash(1, place), i));
    const noise = means.map((y, i) => y - (((i % 2) - 0.5) / 101 + 0.5));
    const deviation = Math.sqrt(noise.reduce((sum, e) => sum + e * e, 0) / noise.length);
    // √(variance of the target, 1/4) / √(1 + 100 + 1), with a standard error of 1.6 % from 2,000 draws.
    expect(deviation / (0.5 / Math.sqrt(102))).toBeGreaterThan(0.95);
    expect(deviation / (0.5 / Math.sqrt(102))).toBeLessThan(1.05);
  });
});
