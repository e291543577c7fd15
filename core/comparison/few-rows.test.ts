import { describe, expect, it } from 'vitest';
import { metrics } from '../metrics/index.ts';
import type { MetricInput } from '../metrics/metric.ts';
import { mcNemarExact, mcNemarMidP } from '../stats/mcnemar.ts';
import { studentTQuantile } from '../stats/student-t.ts';
import { boundError } from './bound-error.ts';
import { type ComparedInputs, fewRowsPValue } from './few-rows.ts';
import { rowSwapPValue } from './row-swaps.ts';

const accuracy = metrics.get('accuracy');
const f1 = metrics.get('f1');

/** Rows of two classes: the first are positive. Those listed are decided for the other class. */
function decided(n: number, positives: number, wrong: readonly number[]): MetricInput {
  const target = Float64Array.from({ length: n }, (_, row) => Number(row < positives));
  const predictedClass = target.map((label, row) => (wrong.includes(row) ? 1 - label : label));
  return { nClasses: 2, target, score: predictedClass, predictedClass };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function compared(before: MetricInput, after: MetricInput, changes: Partial<ComparedInputs> = {}): ComparedInputs {
  return { before: [before], after: [after], clusters: null, seed: 'ab', isSlice: false, ...changes };
}

describe('rows that are right or wrong', () => {
  const of = (worse: number, better: number, n = 200) =>
    compared(decided(n, 50, range(60, 60 + better)), decided(n, 50, range(90, 90 + worse)));

  it.each([
    ['7 worse, 1 better', of(7, 1), mcNemarMidP(7, 1)],
    ['25 that differ', of(15, 10), mcNemarMidP(15, 10)],
    ['more than 25', of(16, 10), null],
    ['a slice of fewer than 60 rows', { ...of(7, 1, 59 + 50), isSlice: true }, mcNemarMidP(7, 1)],
  ])('%s', (_title, pair, expected) => {
    expect(fewRowsPValue(accuracy, pair)).toBe(expected);
  });
  it('of a small slice get the exact test, however many differ', () => {
    const slice = (n: number, worse: number, better: number) =>
      compared(decided(n, 5, range(10, 10 + better)), decided(n, 5, range(10 + better, 10 + better + worse)), {
        isSlice: true,
      });
    expect(fewRowsPValue(accuracy, slice(59, 7, 1))).toBe(mcNemarExact(7, 1));
    expect(fewRowsPValue(accuracy, slice(59, 20, 10))).toBe(mcNemarExact(20, 10));
    expect(fewRowsPValue(accuracy, slice(60, 7, 1))).toBe(mcNemarMidP(7, 1));
    expect(fewRowsPValue(accuracy, { ...slice(59, 7, 1), isSlice: false })).toBe(mcNemarMidP(7, 1));
  });
  it('are not counted where repeats are averaged, or rows belong together', () => {
    const pair = of(7, 1);
    expect(fewRowsPValue(accuracy, { ...pair, after: [pair.after[0]!, pair.after[0]!] })).toBeNull();
    expect(fewRowsPValue(accuracy, { ...pair, clusters: new Uint32Array(200) })).toBeNull();
  });
});

describe('ratios of classes', () => {
  it('swap rows below twenty of the rarest class', () => {
    const pair = (positives: number) => compared(decided(200, positives, []), decided(200, positives, range(0, 8)));
    expect(fewRowsPValue(f1, pair(19))).toBe(
      rowSwapPValue(f1, pair(19).before, pair(19).after, { clusters: null, seed: 'ab' }),
    );
    expect(fewRowsPValue(f1, pair(20))).toBeNull();
    expect(fewRowsPValue(metrics.get('f1_weighted'), pair(19))).toBeNull();
    expect(fewRowsPValue(metrics.get('roc_auc'), pair(19))).toBeNull();
  });
  it('are not swapped between sides of other numbers of repeats', () => {
    const pair = compared(decided(200, 10, []), decided(200, 10, range(0, 8)));
    expect(fewRowsPValue(f1, { ...pair, after: [...pair.after, ...pair.after] })).toBeNull();
  });
});

describe('the error of an upper bound', () => {
  const noise = { error: 0.01, rowVariance: 0.0001, wider: 1, extra: 0, nUnits: 200 };
  const one = decided(200, 50, [1, 2, 3]);

  it('counts 2.7 more rows than differ', () => {
    const other = decided(200, 50, [3, 4]);
    expect(boundError(accuracy, compared(one, other), noise)).toBeCloseTo(Math.sqrt(3 + 2.7) / 200, 14);
    const relabelled = { ...one, score: one.score.map((score) => score / 2) };
    expect(boundError(accuracy, compared(one, relabelled), noise)).toBeCloseTo(Math.sqrt(2.7) / 200, 14);
  });
  it('lets a model that is worse by the limit pass one time in fifteen at most, where the noise of few rows let six in ten', () => {
    const passes = (n: number, limit: number, error: (worse: number) => number) => {
      let [chance, passed] = [(1 - limit) ** n, 0];
      for (let worse = 0; worse / n < limit; worse++) {
        if (worse / n + studentTQuantile(0.95, n - 1) * error(worse) <= limit) passed += chance;
        chance *= ((n - worse) / (worse + 1)) * (limit / (1 - limit));
      }
      return passed;
    };
    const seen = (n: number) => (worse: number) => Math.sqrt((worse * (1 - worse / n)) / (n * (n - 1)));
    const bound = (n: number) => (worse: number) =>
      boundError(accuracy, compared(decided(n, 5, []), decided(n, 5, range(0, worse))), {
        ...noise,
        error: seen(n)(worse),
      })!;
    const grid = [50, 100, 200, 500].flatMap((n) => [0.005, 0.01, 0.02, 0.05].map((limit) => [n, limit] as const));
    // With no row that differs the models must not be equal, or nothing has to be bounded.
    const withScores = (n: number) => (worse: number) => (worse === 0 ? Math.sqrt(2.7) / n : bound(n)(worse));
    expect(Math.max(...grid.map(([n, limit]) => passes(n, limit, withScores(n))))).toBeLessThan(1 / 15);
    expect(Math.max(...grid.map(([n, limit]) => passes(n, limit, seen(n))))).toBeGreaterThan(0.6);
  });
  it('adds what seeds and other folds add, and counts groups instead of rows', () => {
    const other = decided(200, 50, [3, 4]);
    const seeds = { ...noise, wider: 2.25, extra: 0.0004 };
    expect(boundError(accuracy, compared(one, other), seeds)).toBeCloseTo(
      Math.sqrt((2.25 * 5.7) / 40_000 + 0.0004),
      14,
    );
    const grouped = compared(one, other, { clusters: new Uint32Array(200) });
    expect(boundError(accuracy, grouped, { ...noise, nUnits: 20 })).toBeCloseTo(Math.sqrt(0.0001 + 2.7 / 400), 14);
  });
  it('is that of the difference where predictions are equal, or the metric is another', () => {
    expect(boundError(accuracy, compared(one, { ...one }), { ...noise, error: 0 })).toBe(0);
    expect(boundError(f1, compared(one, decided(200, 50, [3])), noise)).toBe(0.01);
  });
  it('is none where other predictions of classes show no noise at all', () => {
    const other = { ...one, score: one.score.map((score) => score / 2) };
    expect(boundError(f1, compared(one, other), { ...noise, error: 0 })).toBeNull();
    const values = (shift: number) => {
      const score = Float64Array.of(1, 2, 3).map((y) => y + shift);
      return { nClasses: 0, target: Float64Array.of(1, 2, 3), score, predictedClass: score };
    };
    expect(boundError(metrics.get('mae'), compared(values(0), values(1)), { ...noise, error: 0 })).toBe(0);
  });
});
