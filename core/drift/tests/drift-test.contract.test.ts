import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparison, DriftTest, Samples } from './drift-test.ts';
import { isPast } from './drift-test.ts';
import { driftTests } from './index.ts';

const numbers = fc
  .array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true, noDefaultInfinity: true })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((values) => Float64Array.from(values).sort());
const numeric: fc.Arbitrary<Samples> = fc
  .tuple(numbers, numbers)
  // Without spread in the reference there is no unit: such columns are not judged.
  .filter(([reference]) => reference[0] !== reference.at(-1))
  .map(([reference, current]) => ({ kind: 'numeric', reference, current }));
const categorical: fc.Arbitrary<Samples> = fc
  .array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 2, maxLength: 8 })
  .map((counts) => counts.filter(([a, b]) => a + b > 0))
  .filter((counts) => counts.length > 1 && counts.some(([a]) => a > 0) && counts.some(([, b]) => b > 0))
  .map((counts) => ({
    kind: 'categorical',
    reference: Float64Array.from(counts, ([a]) => a),
    current: Float64Array.from(counts, ([, b]) => b),
  }));
const ofTwoCategories = categorical.filter(({ reference }) => reference.length === 2);

function samplesOf({ categories }: DriftTest, kind: Samples['kind']): fc.Arbitrary<Samples> {
  if (kind === 'numeric') return numeric;
  return categories === 2 ? ofTwoCategories : categorical;
}

const cases = driftTests.all.flatMap((test: DriftTest) =>
  test.columnKinds.map((kind) => ({ title: `${test.id} of ${kind} columns`, test, kind })),
);

describe.each(cases)('$title', ({ test, kind }) => {
  const samples = samplesOf(test, kind);
  const check = (property: (given: Samples, found: Comparison) => void) =>
    fc.assert(fc.property(samples, (given) => property(given, test.compare(given))));

  it('gives what its kind promises: a number, and a p-value where it has one', () => {
    check((_, { statistic, pValue }) => {
      expect(statistic).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(statistic)).toBe(true);
      if (test.kind === 'distance') expect(pValue).toBeNull();
      else expect(pValue).toBeGreaterThanOrEqual(0);
      expect(pValue ?? 0).toBeLessThanOrEqual(1);
    });
  });
  it('finds nothing between a sample and itself', () => {
    check((given) => {
      const own = given.kind === 'numeric' ? given.reference : given.reference.map((count) => count + 1);
      const found = test.compare({ ...given, reference: own, current: own } as Samples);
      expect(found.statistic).toBeLessThan(1e-7);
      if (test.kind === 'p_value') expect(found.pValue).toBeGreaterThan(0.5);
      expect(isPast(test, found, test.threshold)).toBe(false);
    });
  });
  it('leaves its samples alone and gives the same again', () => {
    check((given, found) => {
      const before = structuredClone(given);
      expect(test.compare(given)).toEqual(found);
      expect(given).toEqual(before);
    });
  });
  it('finds two samples that have nothing in common', () => {
    const apart: Samples =
      kind === 'numeric'
        ? {
            kind,
            reference: Float64Array.from({ length: 50 }, (_, i) => i),
            current: Float64Array.from({ length: 50 }, (_, i) => 1000 + i),
          }
        : test.categories === 2
          ? { kind, reference: Float64Array.of(70, 1), current: Float64Array.of(1, 70) }
          : { kind, reference: Float64Array.of(40, 30, 0, 0), current: Float64Array.of(0, 0, 20, 50) };
    expect(isPast(test, test.compare(apart), test.threshold)).toBe(true);
  });
  if (kind === 'categorical')
    it('does not ask in which order the categories come', () => {
      check((given, found) => {
        const turned = { ...given, reference: given.reference.toReversed(), current: given.current.toReversed() };
        expect(test.compare(turned as Samples).statistic).toBeCloseTo(found.statistic, 9);
      });
    });
  else
    it('does not ask for the unit', () => {
      const isTame = (value: number) => value === 0 || (Math.abs(value) > 1e-100 && Math.abs(value) < 1e100);
      check((given, found) => {
        fc.pre([...given.reference, ...given.current].every(isTame));
        const scaled = {
          ...given,
          reference: given.reference.map((value) => value * 8),
          current: given.current.map((value) => value * 8),
        };
        expect(test.compare(scaled as Samples).statistic).toBeCloseTo(found.statistic, 9);
      });
    });
});

it('a distance counts from its threshold upwards, a p-value below', () => {
  expect(isPast({ kind: 'distance' }, { statistic: 0.1, pValue: null }, 0.1)).toBe(true);
  expect(isPast({ kind: 'distance' }, { statistic: 0.09, pValue: null }, 0.1)).toBe(false);
  expect(isPast({ kind: 'p_value' }, { statistic: 5, pValue: 0.01 }, 0.01)).toBe(false);
  expect(isPast({ kind: 'p_value' }, { statistic: 5, pValue: 0.009 }, 0.01)).toBe(true);
});
