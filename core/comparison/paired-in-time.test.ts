import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../evidence/float16.ts';
import { createRandom } from '../random/random.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { aDatasetComparison, verdict } from './judge.fixture.ts';

/** Rows one after the other in time, or on their own. */
const rowsOf = (n: number, isInTime: boolean) =>
  someRows(n, isInTime ? { clusters: Uint32Array.from({ length: n }, (_, row) => row), isInTime: true } : {});

/** A model whose predictions are so much higher, row by row. */
function moved(one: EvaluatedRun, by: (row: number) => number): EvaluatedRun {
  const { rowSet, evidence } = one.predictions!;
  const predictions = evidence.repeats[0]!.predictions.map((bits, row) => toFloat16(fromFloat16(bits) + by(row)));
  const repeats = [{ predictions, decisions: new Uint8Array(0) }];
  return { ...one, predictions: { rowSet, evidence: { ...evidence, repeats } } };
}

/** Predicts too much everywhere, so that what is added to a prediction is added to its error. */
const aBaseline = (n: number, isInTime: boolean) =>
  moved(anEvaluatedRun(rowsOf(n, isInTime), { error: 0.2, metrics: { mae: { value: 0.4 } } }), () => 2);

/** The same with errors that last: AR(1) with φ = .8. */
function driftingFrom(baseline: EvaluatedRun): EvaluatedRun {
  const random = createRandom(4, 'drifting');
  let last = 0;
  return moved(baseline, () => {
    last = 0.8 * last + 0.1 * random.normal();
    return last;
  });
}

const found = (n: number, isInTime: boolean, metric = 'mae') => {
  const before = aBaseline(n, isInTime);
  return compareModels(before, driftingFrom(before), [metric]).differences.get(metric)!;
};

describe('a difference of rows in the order of time', () => {
  it('is as uncertain as stretches of them, and so more than of rows on their own', () => {
    const alone = found(2000, false);
    const inTime = found(2000, true);
    expect(inTime.drop).toBe(alone.drop);
    expect(inTime.standardError! / alone.standardError!).toBeGreaterThan(1.4);
    expect(inTime.df).toBeLessThanOrEqual(19);
    expect(inTime.df).toBeGreaterThanOrEqual(4);
  });
  it('is not widened as groups are', () => {
    // Stretches are already longer than the errors last.
    const inGroups = (isInTime: boolean) =>
      someRows(2000, {
        clusters: Uint32Array.from({ length: 2000 }, (_, row) => Math.floor(row / 100)),
        ...(isInTime && { isInTime }),
      });
    const errorOf = (isInTime: boolean) => {
      const rows = inGroups(isInTime);
      const before = moved(anEvaluatedRun(rows, { error: 0.2, metrics: { mae: { value: 0.4 } } }), () => 2);
      return compareModels(before, driftingFrom(before), ['mae']).differences.get('mae')!.standardError!;
    };
    expect((errorOf(false) / errorOf(true)) ** 2).toBeCloseTo(1 + 0.5 * (5 / 4), 10);
  });
  it('of a metric without influences is drawn in stretches', () => {
    const inTime = found(2000, true, 'median_ae');
    expect(inTime.standardError! / found(2000, false, 'median_ae').standardError!).toBeGreaterThan(1.2);
  });
  it.each(['mae', 'median_ae'])('has no standard error where there are too few: %s', (metric) => {
    const { standardError, tooFew } = found(120, true, metric);
    expect(standardError).toBeNull();
    expect(tooFew!.rows).toBe(120);
    expect(tooFew!.needed).toBeGreaterThan(120);
  });

  const judged = (candidate: (before: EvaluatedRun) => EvaluatedRun) => {
    const before = aBaseline(120, true);
    const sides = { baseline: new Map([['a', before]]), candidate: new Map([['a', candidate(before)]]) };
    const models = { models: ['a'], metrics: ['mae'] };
    return verdict(aDatasetComparison({ ...sides, ...models, gates: { mae: { max_drop: 0 } } }));
  };
  it('then leaves the limit open, and says what is needed', () => {
    const { outcome, gates } = judged(driftingFrom);
    expect(outcome).toBe('inconclusive');
    expect(gates[0]).toMatchObject({
      reason: 'too_few_in_time',
      compared: { test: null, tooFew: { rows: 120, needed: expect.any(Number) } },
    });
  });
  it('is none between a run and itself, however few the rows', () => {
    expect(judged((before) => before)).toMatchObject({ outcome: 'pass', gates: [{ reason: 'within_limit' }] });
  });
});

describe('an unpaired difference without a recorded standard error', () => {
  it('is shown, and decides nothing', () => {
    const recorded = (value: number) => ({
      ...anEvaluatedRun(rowsOf(120, true), { metrics: { mae: { value, se: null } } }),
      predictions: null,
    });
    const sides = { baseline: new Map([['a', recorded(0.4)]]), candidate: new Map([['a', recorded(0.9)]]) };
    const models = { models: ['a'], metrics: ['mae'] };
    const { gates } = verdict(aDatasetComparison({ ...sides, ...models, gates: { mae: { max_drop: 0 } } }));
    expect(gates[0]).toMatchObject({ outcome: 'inconclusive', reason: 'noise_unknown', compared: { drop: 0.5 } });
  });
});
