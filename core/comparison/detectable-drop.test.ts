import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentTQuantile } from '../stats/student-t.ts';
import { type GateNoise, limitAt, mostDrop, provableDrop, smallestDrop, undecidedLimit } from './detectable-drop.ts';

function aNoise(changes: Partial<GateNoise> = {}): GateNoise {
  return {
    ...{ standardError: 0.01, df: 199, earlier: [0.01], isRightOrWrong: false, baselineError: 0.02 },
    counted: { n: 200, of: 'rows' },
    most: Number.POSITIVE_INFINITY,
    ...changes,
  };
}

const share = aNoise({ isRightOrWrong: true, earlier: [] });
const rare = aNoise({ counted: { n: 20, of: 'rarest_class' }, df: 19 });
// scipy.stats.t.ppf(.99, 199) and t.ppf(.99, 19)
const T = 2.345233;
const T_RARE = 2.539483;

describe('the smallest drop that is caught', () => {
  it('is made with the largest standard error of this and earlier comparisons', () => {
    expect(smallestDrop(aNoise({ standardError: 0.001, earlier: [0.02, 0.03, 0.01] }), 0, 1)).toBeCloseTo(
      (T + 1.7) * 0.03,
      6,
    );
    expect(smallestDrop(aNoise({ standardError: 0.04 }), 0, 1)).toBeCloseTo((T + 1.7) * 0.04, 6);
    expect(smallestDrop(aNoise(), 0.1, 1)).toBeCloseTo(0.1 + 1.7 * 0.01, 12);
  });
  it('of rows that are right or wrong is larger than this comparison shows: a drop makes rows differ', () => {
    const c = T + 1.7;
    const expected = (c * c) / 200 / 2 + Math.sqrt(((c * c) / 200) ** 2 + 4 * c * c * 0.0001) / 2;
    expect(smallestDrop(share, 0, 1)).toBeCloseTo(expected, 5);
    // Nothing differs yet.
    expect(smallestDrop({ ...share, standardError: 0 }, 0, 1)).toBeCloseTo((c * c) / 200, 5);
    expect(provableDrop({ ...share, standardError: 0 }, 1)).toBeCloseTo((T * T) / 200, 5);
  });
  it('is as many of its own standard errors past the critical drop and the limit as it says', () => {
    const numbers = fc.record({
      standardError: fc.double({ min: 0, max: 0.1, noNaN: true }),
      n: fc.integer({ min: 30, max: 5000 }),
      allowed: fc.double({ min: 0, max: 0.2, noNaN: true }),
      m: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(numbers, ({ standardError, n, allowed, m }) => {
        const noise: GateNoise = { ...share, standardError, counted: { n, of: 'rows' }, df: n - 1 };
        const drop = smallestDrop(noise, allowed, m);
        const grown = Math.sqrt(standardError ** 2 + drop / n);
        const critical = Math.max(studentTQuantile(1 - 0.01 / m, n - 1) * grown, allowed);
        expect(drop).toBeCloseTo(critical + 1.7 * grown, 8);
      }),
    );
  });
  it('before five comparisons allows for changes that hit rows of a rare class, and for no more than the noise of others', () => {
    const first = { ...rare, standardError: 0, earlier: [] };
    const c = T_RARE + 1.7;
    expect(smallestDrop(first, 0, 1)).toBeCloseTo((c * c * 2 * 0.02) / Math.sqrt(20), 5);
    expect(smallestDrop({ ...first, standardError: 1 }, 0, 1)).toBeCloseTo(c, 5);
    const few = [0.001, 0.003, 0.002, 0.001];
    expect(smallestDrop({ ...first, earlier: few }, 0, 1)).toBe(smallestDrop(first, 0, 1));
    expect(smallestDrop({ ...first, earlier: [...few, 0.001] }, 0, 1)).toBeCloseTo(c * 0.003, 6);
    expect(smallestDrop(aNoise({ standardError: 0, earlier: [] }), 0, 1)).toBe(0);
    expect(smallestDrop({ ...first, baselineError: null }, 0, 1)).toBe(0);
  });
});

describe('the largest drop that there can be', () => {
  it('ends where the metric does', () => {
    expect(mostDrop({ direction: 'maximize', range: [0, 1] }, 0.6)).toBe(0.6);
    expect(mostDrop({ direction: 'maximize', range: [-1, 1] }, 0.5)).toBe(1.5);
    expect(mostDrop({ direction: 'minimize', range: [0, 1] }, 0.25)).toBe(0.75);
    expect(mostDrop({ direction: 'minimize', range: [0, Number.POSITIVE_INFINITY] }, 3)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a limit that cannot be decided', () => {
  it('is smaller than what can be proved, and says what would help', () => {
    const found = undecidedLimit({ ...rare, standardError: 0.0393701 }, 0.03, 1)!;
    expect(found.counted).toEqual({ n: 20, of: 'rarest_class' });
    expect(found.limit).toBeCloseTo(0.1, 12);
    // n = t² · SE² · 20 / .03², where t has 19 · n / 20 degrees of freedom: scipy.stats.t.ppf(.99, 179) = 2.347, 190.
    expect(found.needed).toBe(190);
  });
  it('of rows that are right or wrong needs those too that a drop makes differ', () => {
    const noise = { ...share, standardError: 0 };
    // t² / .01 with t about 2.33 of so many rows
    expect(undecidedLimit(noise, 0.01, 1)).toEqual({ counted: noise.counted, needed: 550, limit: 0.028 });
  });
  it('with so many rows can be decided', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.1, noNaN: true }),
        fc.double({ min: 0.002, max: 0.05, noNaN: true }),
        fc.boolean(),
        (standardError, allowed, isRightOrWrong) => {
          const noise = { ...aNoise({ standardError, earlier: [] }), isRightOrWrong };
          const found = undecidedLimit(noise, allowed, 2);
          if (!found) {
            expect(provableDrop(noise, 2)).toBeLessThanOrEqual(allowed);
            return;
          }
          expect(provableDrop(noise, 2)).toBeLessThanOrEqual(found.limit! * (1 + 1e-9));
          const n = found.needed;
          const more = {
            ...noise,
            ...{ counted: { n, of: 'rows' as const }, df: (199 * n) / 200 },
            standardError: standardError * Math.sqrt(200 / n),
          };
          expect(provableDrop(more, 2)).toBeLessThanOrEqual(allowed * 1.0001);
        },
      ),
    );
  });
  it('proposes no limit that would allow any drop', () => {
    const few = { ...rare, standardError: 0.3, earlier: [] };
    expect(undecidedLimit({ ...few, most: 0.8 }, 0.03, 1)).toMatchObject({ limit: 0.77 });
    expect(undecidedLimit({ ...few, most: 0.7 }, 0.03, 1)).toMatchObject({ limit: null });
    expect(limitAt({ ...few, most: 0.7 }, 1)).toBeNull();
    expect(limitAt({ ...few, standardError: 0, most: 0 }, 1)).toBe(0);
  });
  it('is none where nothing is allowed, or enough', () => {
    expect(undecidedLimit(aNoise(), 0, 1)).toBeNull();
    expect(undecidedLimit(aNoise(), 0.03, 1)).toBeNull();
  });
});
