import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics } from './index.ts';
import type { MetricInput } from './metric.ts';

const CLASSES = { continuous: 0, binary: 2, multiclass: 4 } as const;

/** Rows of any target type: values or classes, predictions with ties, decisions, weights. */
function rows(type: keyof typeof CLASSES, length: fc.SizeForArbitrary | number = 30): fc.Arbitrary<MetricInput> {
  const nClasses = CLASSES[type];
  const tie = fc.integer({ min: 0, max: 12 }).map((tenth) => tenth / 12);
  const hundredths = fc.integer({ min: -5000, max: 5000 }).map((value) => value / 100);
  const shares = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 });
  const row =
    nClasses === 0
      ? fc.tuple(hundredths, hundredths, fc.nat(3), shares)
      : fc.tuple(fc.nat(nClasses - 1), tie, fc.nat(nClasses - 1), shares);
  return fc.array(row, { minLength: 8, maxLength: Number(length) }).map((list) => ({
    nClasses,
    target: Float64Array.from(list, ([target]) => target),
    score: Float64Array.from(list, ([, score]) => score),
    predictedClass: Float64Array.from(list, ([, score, label]) =>
      nClasses === 0 ? score : nClasses === 2 ? Number(score > 0.5) : label,
    ),
    ...(nClasses > 2 && {
      probabilities: Float64Array.from(
        list.flatMap(([, , , parts]) => parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0))),
      ),
    }),
  }));
}

/** The same change to everything that there is one of per row. */
function perRow(input: MetricInput, change: (values: Float64Array) => Float64Array): MetricInput {
  return {
    ...input,
    target: change(input.target),
    score: change(input.score),
    predictedClass: change(input.predictedClass),
    ...(input.probabilities && { probabilities: perClass(input.probabilities, input.nClasses, change) }),
  };
}

function perClass(probabilities: Float64Array, nClasses: number, change: (values: Float64Array) => Float64Array) {
  const columns = Array.from({ length: nClasses }, (_, k) =>
    change(probabilities.filter((__, i) => i % nClasses === k)),
  );
  return Float64Array.from(
    { length: columns[0]!.length * nClasses },
    (_, i) => columns[i % nClasses]![Math.floor(i / nClasses)]!,
  );
}

/** A prediction that is certain, and right. */
function exactly(input: MetricInput): MetricInput {
  const { target, nClasses } = input;
  return {
    ...input,
    score: nClasses > 2 ? target.map(() => 1) : target,
    predictedClass: target,
    ...(nClasses > 2 && {
      probabilities: Float64Array.from({ length: target.length * nClasses }, (_, i) =>
        Number(target[Math.floor(i / nClasses)] === i % nClasses),
      ),
    }),
  };
}

describe.each(metrics.all.flatMap((metric) => metric.targetTypes.map((type) => ({ metric, type }))))(
  '$metric.id of a $type target',
  ({ metric, type }) => {
    it('stays in its range or is NaN', () => {
      fc.assert(
        fc.property(rows(type), (input) => {
          const value = metric.compute(input);
          if (Number.isNaN(value)) return;
          expect(value).toBeGreaterThanOrEqual(metric.range[0]);
          expect(value).toBeLessThanOrEqual(metric.range[1]);
        }),
      );
    });

    it('does not depend on the order of rows', () => {
      fc.assert(
        fc.property(rows(type), (input) => {
          const value = metric.compute(input);
          const other = metric.compute(perRow(input, (values) => values.slice().reverse()));
          expect(
            Number.isNaN(value) ? Number.isNaN(other) : Math.abs(value - other) <= 1e-10 * Math.max(1, Math.abs(value)),
          ).toBe(true);
        }),
      );
    });

    it('counts a row of weight 2 as two rows', () => {
      fc.assert(
        fc.property(rows(type), (input) => {
          const doubled = perRow(input, (values) => Float64Array.of(values[0]!, ...values));
          const weights = input.target.map((_, row) => (row === 0 ? 2 : 1));
          const value = metric.compute({ ...input, weights });
          const other = metric.compute(doubled);
          expect(
            Number.isNaN(value) ? Number.isNaN(other) : Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(value)),
          ).toBe(true);
        }),
      );
    });

    it('is best when every row is predicted exactly', () => {
      fc.assert(
        fc.property(rows(type), (input) => {
          const value = metric.compute(exactly(input));
          if (!Number.isNaN(value))
            expect(value).toBeCloseTo(metric.direction === 'maximize' ? metric.range[1] : metric.range[0], 10);
        }),
      );
    });

    if (metric.uncertainty === 'influence') {
      it('has influences of mean 0 that tell what a little more weight does', () => {
        fc.assert(
          fc.property(rows(type), fc.nat(7), (input, row) => {
            const value = metric.compute(input);
            if (Number.isNaN(value) || Math.abs(value) > 1e3 || value === metric.range[0]) return;
            const influence = metric.influence(input);
            const size = Math.max(1, ...influence.map(Math.abs));
            expect(Math.abs(influence.reduce((sum, moved) => sum + moved, 0)) / size).toBeLessThan(1e-7);
            const epsilon = 1e-6;
            const change = (sign: number) =>
              metric.compute({ ...input, weights: input.target.map((_, i) => (i === row ? 1 + sign * epsilon : 1)) });
            const slope = ((change(1) - change(-1)) / (2 * epsilon)) * input.target.length;
            expect(Math.abs(slope - influence[row]!) / size).toBeLessThan(1e-3);
          }),
        );
      });
    }

    if (metric.uncertainty === 'influence' && metric.withoutEach) {
      it('knows what it is without each row', () => {
        fc.assert(
          fc.property(rows(type), fc.nat(7), (input, row) => {
            if (Number.isNaN(metric.compute(input))) return;
            const other = metric.compute(perRow(input, (values) => values.filter((_, i) => i !== row)));
            const without = metric.withoutEach!(input)[row]!;
            expect(Number.isNaN(other) ? !Number.isFinite(without) : Math.abs(without - other) < 1e-10).toBe(true);
          }),
        );
      });
    }

    if (metric.uncertainty === 'bootstrap') {
      it('is on drawn rows what it is on a table of those rows', () => {
        fc.assert(
          fc.property(rows(type), fc.infiniteStream(fc.nat(3)), (input, stream) => {
            const counts = Uint16Array.from(input.target, () => stream.next().value as number);
            const drawn = perRow(input, (values) =>
              Float64Array.from([...values].flatMap((value, row) => new Array<number>(counts[row]!).fill(value))),
            );
            const value = metric.resample(input)(counts);
            const other = metric.compute(drawn);
            expect(Number.isNaN(value) ? Number.isNaN(other) : Math.abs(value - other) <= 1e-9).toBe(true);
          }),
        );
      });
    }

    it('of no row at all is NaN or its neutral value, not an exception', () => {
      const none = new Float64Array(0);
      expect(() =>
        metric.compute({ target: none, score: none, predictedClass: none, nClasses: CLASSES[type] }),
      ).not.toThrow();
    });
  },
);
