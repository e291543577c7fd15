import { describe, expect, it } from 'vitest';
import { satterthwaiteDf } from './satterthwaite.ts';

describe('satterthwaiteDf', () => {
  it("is Welch's of two variances", () => {
    // scipy.stats.ttest_ind([1, 2, 3, 4], [2, 4, 6, 8, 10], equal_var=False).df; variances of the means 5/12 and 2.
    const parts = [
      { variance: 5 / 12, df: 3 },
      { variance: 2, df: 4 },
    ];
    expect(satterthwaiteDf(parts)).toBeCloseTo((5 / 12 + 2) ** 2 / ((5 / 12) ** 2 / 3 + 1), 12);
  });
  it.each([1e-200, 1e-120, 1e120, 1e300])('is the same in any unit: %d', (unit) => {
    const inUnit = (by: number) =>
      satterthwaiteDf([
        { variance: 3 * by, df: 40 },
        { variance: by, df: 4 },
        { variance: 0, df: 9 },
      ]);
    expect(inUnit(unit)).toBeCloseTo(inUnit(1), 10);
  });
  it('is its own of one alone, and the largest where nothing varies', () => {
    expect(
      satterthwaiteDf([
        { variance: 1e250, df: 7 },
        { variance: 0, df: 40 },
      ]),
    ).toBe(7);
    expect(satterthwaiteDf([{ variance: 0, df: 7 }])).toBe(7);
    expect(satterthwaiteDf([])).toBe(1);
  });
});
