import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun } from './evaluated-run.fixture.ts';
import { aDatasetComparison, rowSet, testOf, verdict } from './judge.fixture.ts';
import { rivalsOf } from './rivals.ts';

/** Runs of the baseline by model: r2 with a standard error of .01, and whether the fit is random. */
function runs(values: Readonly<Record<string, readonly [value: number | null, isRandom: boolean]>>) {
  return new Map(
    Object.entries(values).map(([model, [value, isRandom]]): [string, EvaluatedRun] => {
      const one = anEvaluatedRun(rowSet, { model, metrics: { r2: { value, se: 0.01 } } });
      const r2 = { ...one.run.metrics.r2!, seedNoise: isRandom ? { variance: 1e-6, df: 4 } : null };
      return [model, { ...one, run: { ...one.run, metrics: { r2 } } }];
    }),
  );
}

const rivals = (values: Parameters<typeof runs>[0], gated: string | null = null) =>
  rivalsOf({
    gates: { model: gated, byMetric: {}, byBudget: {}, bySlice: {} },
    metrics: ['r2'],
    models: Object.keys(values),
    baseline: runs(values),
  });

describe('rivals', () => {
  it.each<[string, Parameters<typeof runs>[0], string[]]>([
    ['one model', { a: [0.8, true] }, []],
    ['random models within a standard error', { a: [0.795, true], b: [0.8, true], c: [0.7901, true] }, ['a', 'c']],
    ['one that is further off', { a: [0.8, true], b: [0.7899, true] }, []],
    ['a model without seeds cannot be lucky', { a: [0.8, true], b: [0.799, false] }, []],
    ['nor can the best, where it is one', { a: [0.8, false], b: [0.799, true] }, []],
    ['a model without a value', { a: [0.8, true], b: [null, true] }, []],
    ['an equal one', { a: [0.8, true], b: [0.8, true] }, ['b']],
  ])('%s', (_, values, expected) => expect(rivals(values)).toEqual(expected));

  it('are none where the rules name the model, or there is no baseline', () => {
    expect(rivals({ a: [0.8, true], b: [0.8, true] }, 'a')).toEqual([]);
    expect(rivalsOf({ ...aDatasetComparison(), baseline: 'no_baseline' })).toEqual([]);
  });

  it('are more, the nearer the models are', () => {
    const values = fc.array(fc.double({ min: 0, max: 0.9, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(values, (all) => {
        const named = (scale: number) =>
          Object.fromEntries(all.map((value, i) => [`m${i}`, [scale * value, true] as const]));
        expect(rivals(named(0.5)).length).toBeGreaterThanOrEqual(rivals(named(1)).length);
        expect(rivals(named(0))).toHaveLength(all.length - 1);
      }),
    );
  });
});

describe('a limit on a model that has rivals', () => {
  const judged = (second: number) => {
    const worse = (model: string, value: number) => {
      const one = anEvaluatedRun(rowSet, { model, error: 0.53, seeds: [3], noise: 0.15, metrics: { r2: { value } } });
      return [model, one] as const;
    };
    const { gates } = verdict(
      aDatasetComparison({
        gates: { r2: { max_drop: 0 } },
        metrics: ['r2'],
        models: ['a', 'b'],
        baseline: runs({ a: [0.8, true], b: [second, true] }),
        candidate: new Map([worse('a', 0.7), worse('b', 0.7)]),
      }),
    );
    return { gate: gates[0]!, test: testOf(gates[0]) };
  };

  it('counts once more for each in the correction and in the smallest drop', () => {
    const alone = judged(0.5);
    const beside = judged(0.799);
    expect(alone.gate).not.toHaveProperty('rivals');
    expect(beside.gate).toMatchObject({ model: 'a', rivals: ['b'] });
    expect(beside.test.pValue).toBe(alone.test.pValue);
    expect(alone.test.adjustedPValue).toBe(alone.test.pValue);
    expect(beside.test.adjustedPValue).toBeCloseTo(2 * alone.test.pValue, 12);
    expect(beside.test.smallestDrop).toBeGreaterThan(alone.test.smallestDrop);
  });
});
