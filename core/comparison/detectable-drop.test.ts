import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentTQuantile } from '../stats/student-t.ts';
import { type GateNoise, limitAt, mostDrop, provableDrop, smallestDrop, undecidedLimit } from './detectable-drop.ts';

function aNoise(changes: Partial<GateNoise> = {}): GateNoise {
  return {
    ...{ standardError: 0.01, df: 199, earlier: [0.01], hits: { rise: 0, fall: 0 } },
    counted: { n: 200, of: 'rows' },
    most: Number.POSITIVE_INFINITY,
    ...changes,
  };
}

const hard = aNoise({ hits: { rise: 0.005, fall: 0.004 }, earlier: [] });
const rare = aNoise({ counted: { n: 20, of: 'rarest_class' }, df: 19 });
// scipy.stats.t.ppf(.99, 199)
const T = 2.345233;

describe('the smallest drop that is caught', () => {
  it('is made with the largest standard error of this and earlier comparisons', () => {
    expect(smallestDrop(aNoise({ standardError: 0.001, earlier: [0.02, 0.03, 0.01] }), 0, 1)).toBeCloseTo(
      (T + 1.7) * 0.03,
      6,
    );
    expect(smallestDrop(aNoise({ standardError: 0.04 }), 0, 1)).toBeCloseTo((T + 1.7) * 0.04, 6);
    expect(smallestDrop(aNoise(), 0.1, 1)).toBeCloseTo(0.1 + 1.7 * 0.01, 12);
  });
  it('is larger where it hits a few rows hard: the more is lost, the noisier it is', () => {
    // numpy.roots([1 + c²·.004, −(2·from + c²·.005), from² − c²·.0001]) with c = T from 0, and with 1.7 from there
    expect(provableDrop(hard, 1)).toBeCloseTo(0.040272, 6);
    expect(smallestDrop(hard, 0, 1)).toBeCloseTo(0.0767384, 6);
    // Nothing differs yet: δ·(1 + T²·.004) = T²·.005
    const still = { ...hard, standardError: 0 };
    expect(provableDrop(still, 1)).toBeCloseTo((T * T * 0.005) / (1 + T * T * 0.004), 6);
  });
  it('is as many of its own standard errors past the critical drop and the limit as it says', () => {
    const numbers = fc.record({
      standardError: fc.double({ min: 0, max: 0.1, noNaN: true }),
      rise: fc.double({ min: 1e-6, max: 0.05, noNaN: true }),
      fall: fc.double({ min: 0, max: 0.2, noNaN: true }),
      allowed: fc.double({ min: 0, max: 0.2, noNaN: true }),
      m: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(numbers, ({ standardError, rise, fall, allowed, m }) => {
        const noise: GateNoise = { ...hard, standardError, hits: { rise, fall } };
        const errorAt = (drop: number) => Math.sqrt(standardError ** 2 + Math.max(0, drop * (rise - drop * fall)));
        const provable = provableDrop(noise, m);
        expect(provable).toBeCloseTo(studentTQuantile(1 - 0.01 / m, 199) * errorAt(provable), 6);
        const drop = smallestDrop(noise, allowed, m);
        expect(drop).toBeCloseTo(Math.max(provable, allowed) + 1.7 * errorAt(drop), 6);
      }),
    );
  });
  it('is never smaller than without such hits', () => {
    expect(smallestDrop({ ...hard, hits: { rise: 0.0001, fall: 5 } }, 0.3, 1)).toBeCloseTo(0.3 + 1.7 * 0.01, 12);
    expect(smallestDrop(aNoise({ standardError: 0, earlier: [] }), 0, 1)).toBe(0);
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
  it('needs more rows where a drop of that size hits a few of them hard', () => {
    const found = undecidedLimit({ ...hard, standardError: 0 }, 0.01, 1)!;
    // t² · .01·(.005 − .01·.004) · 200 / .01², with t about 2.33 of so many rows
    expect(found.needed).toBe(550);
    expect(provableDrop({ ...hard, standardError: 0 }, 1)).toBeLessThanOrEqual(found.limit! + 1e-12);
  });
  it('with so many rows can be decided', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.1, noNaN: true }),
        fc.double({ min: 0.002, max: 0.05, noNaN: true }),
        fc.double({ min: 0, max: 0.02, noNaN: true }),
        (standardError, allowed, rise) => {
          const noise = aNoise({ standardError, earlier: [], hits: { rise, fall: 0 } });
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
            hits: { rise: (rise * 200) / n, fall: 0 },
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
