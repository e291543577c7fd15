import { describe, expect, it } from 'vitest';
import type { BudgetGate } from '../gates/gate-schema.ts';
import { aRun, timesInTurn } from '../tracking/run.fixture.ts';
import type { Run, TimesInTurn } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import { budgetGates } from './judge-budget.ts';
import type { NotTimed } from './remade.ts';

const run = aRun();
const fast = { fitSeconds: 1, predictSeconds: 1, cpu: { fitSeconds: 20, predictSeconds: 0.01 } };
/** Processor time of all ten fits, and of predicting all rows twice. */
const cpu = (fitSeconds: number, predictSeconds: number) => ({
  timings: { ...fast, cpu: { fitSeconds, predictSeconds } },
});
const evaluatedRuns = (changes: Partial<Run> | null): ReadonlyMap<string, EvaluatedRun> =>
  new Map(changes ? [['random_forest', { run: aRun({ timings: fast, ...changes }), predictions: null }]] : []);

type Baseline = Partial<Run> | 'first_run' | 'no_baseline' | null;

function gates(
  byBudget: Record<string, BudgetGate>,
  candidate: Partial<Run> | null,
  baseline: Baseline,
  notTimed?: NotTimed,
) {
  const each = {
    dataset: 'churn',
    gates: { model: null, byMetric: {}, byBudget, bySlice: {} },
    ...{ metrics: ['roc_auc'], models: ['random_forest'], listed: ['random_forest'] },
    candidate: evaluatedRuns(candidate),
    baseline: typeof baseline === 'string' ? baseline : evaluatedRuns(baseline),
    ...{ comparisons: new Map(), slices: [], ...(notTimed && { notTimed }) },
  };
  return budgetGates([{ each, selected: 'random_forest', compared: 'random_forest' }]);
}

function gate(...asked: Parameters<typeof gates>) {
  const [result, ...rest] = gates(...asked);
  expect(rest).toEqual([]);
  return result!;
}

describe('a bound on a cost', () => {
  it.each<[string, Record<string, BudgetGate>, Partial<Run> | null, object]>([
    // 20 s of processor time, five folds twice.
    ['processor time of a fit', { fit_cpu_seconds: { max: 2 } }, {}, { outcome: 'pass', value: 2, allowed: 2 }],
    [
      'too much of it',
      { fit_cpu_seconds: { max: 1.9 } },
      {},
      { outcome: 'fail', reason: 'over_budget', baseline: null },
    ],
    // .01 s for 500 rows, twice.
    ['a fit of 49 ms', { fit_cpu_seconds: { max: 0.01 } }, cpu(0.49, 1), { outcome: 'inconclusive' }],
    ['a fit of 50 ms', { fit_cpu_seconds: { max: 0.01 } }, cpu(0.5, 1), { outcome: 'fail', reason: 'over_budget' }],
    ['49 ms of predicting', { predict_microseconds: { max: 10 } }, cpu(1, 0.098), { reason: 'too_short_to_time' }],
    ['50 ms of predicting', { predict_microseconds: { max: 10 } }, cpu(1, 0.1), { outcome: 'fail', value: 100 }],
    ['a short time within its bound', { fit_cpu_seconds: { max: 0.05 } }, cpu(0.49, 1), { outcome: 'pass' }],
    ["a row's prediction", { predict_microseconds: { max: 10 } }, {}, { outcome: 'pass', value: 10 }],
    ['a file', { model_bytes: { max: 1233 } }, {}, { outcome: 'fail', value: 1234, written: 'max: 1233' }],
    [
      'a file that is not there',
      { model_bytes: { max: 1 } },
      { modelBytes: null },
      { outcome: 'not_comparable', reason: 'cost_not_measured' },
    ],
    ['time of a command', { fit_cpu_seconds: { max: 1 } }, { timings: run.timings }, { outcome: 'not_comparable' }],
    ['the one fit of a test set alone', { fit_cpu_seconds: { max: 10 } }, { measuredOn: 'test' }, { value: 10 }],
    ['a model that is not there', { model_bytes: { max: 1 } }, null, { outcome: 'fail', reason: 'missing' }],
  ])('%s', (_, gates, candidate, expected) => {
    expect(gate(gates, candidate, 'first_run')).toMatchObject({ kind: 'budget', bound: 'max', ...expected });
  });
});

describe('a limit on the rise of a cost', () => {
  const bytes = { model_bytes: { max_rise: '20%' } };
  const time = { fit_cpu_seconds: { max_rise: '50 %' } };
  it.each<[string, Record<string, BudgetGate>, Partial<Run> | null, Baseline, object]>([
    [
      'within it',
      bytes,
      { modelBytes: 1200 },
      { modelBytes: 1000 },
      { outcome: 'pass', bound: 'max_rise', baseline: 1000, allowed: 1200, value: 1200 },
    ],
    ['past it', bytes, { modelBytes: 1201 }, { modelBytes: 1000 }, { outcome: 'fail', reason: 'over_budget' }],
    [
      'time past it, of another job',
      time,
      cpu(31, 0.01),
      {},
      { outcome: 'inconclusive', reason: 'over_budget_elsewhere', baseline: 2, value: 3.1 },
    ],
    ['time within it, of another job', time, cpu(30, 0.01), {}, { outcome: 'pass', allowed: 3, value: 3 }],
    ['a short time past it', time, cpu(0.49, 1), cpu(0.3, 1), { outcome: 'inconclusive', reason: 'too_short_to_time' }],
    [
      'time that the baseline has not',
      time,
      {},
      { timings: run.timings },
      { outcome: 'not_comparable', reason: 'cost_not_measured' },
    ],
    ['a first run', time, {}, 'first_run', { outcome: 'pass', reason: 'first_run', allowed: null }],
    ['a model that the baseline lacks', time, {}, null, { outcome: 'not_comparable', reason: 'no_baseline' }],
    ['no baseline', time, {}, 'no_baseline', { outcome: 'not_comparable', reason: 'no_baseline' }],
    ['a model that is not there', time, null, {}, { outcome: 'fail', reason: 'missing' }],
  ])('%s', (_, gates, candidate, baseline, expected) => {
    expect(gate(gates, candidate, baseline)).toMatchObject(expected);
  });
});

describe('a rise of a cost', () => {
  it('is that of the model which the baseline had, whatever the change selects', () => {
    const sized = (bytes: Readonly<Record<string, number>>) =>
      new Map(
        Object.entries(bytes).map(([model, modelBytes]) => [
          model,
          { run: aRun({ model, modelBytes }), predictions: null },
        ]),
      );
    const found = budgetGates([
      {
        each: {
          dataset: 'churn',
          gates: { model: null, byMetric: {}, byBudget: { model_bytes: { max_rise: '10%' } }, bySlice: {} },
          metrics: ['roc_auc'],
          models: ['random_forest', 'dummy'],
          listed: ['random_forest', 'dummy'],
          candidate: sized({ random_forest: 2000, dummy: 100 }),
          baseline: sized({ dummy: 100 }),
          comparisons: new Map(),
          slices: [],
        },
        ...{ selected: 'random_forest', compared: 'dummy' },
      },
    ]);
    expect(found).toMatchObject([{ model: 'dummy', value: 100, baseline: 100, outcome: 'pass' }]);
  });
});

describe('a time that two models took in turn', () => {
  const limit = { fit_cpu_seconds: { max_rise: '20%' } };
  /** Timed in turn, and in the two jobs apart: there it says the contrary. */
  const timed = (inTurn: TimesInTurn, apart = 0.1) => ({
    timings: { ...fast, cpu: { fitSeconds: 10 * apart, predictSeconds: 1 }, inTurn },
  });
  const steady = [0.1, 0.12, 0.11, 0.1, 0.13];
  const times = (factors: readonly number[], of = steady) =>
    timesInTurn(
      of,
      of.map((time, i) => time * factors[i]!),
    );
  it.each<[string, TimesInTurn, object]>([
    [
      'slower by 43 % fails',
      timesInTurn(steady, [0.14, 0.17, 0.15, 0.16, 0.18]),
      {
        ...{ outcome: 'fail', reason: 'over_budget', bound: 'max_rise', written: 'max_rise: 20%' },
        ...{ baseline: expect.closeTo(0.1114, 4), allowed: expect.closeTo(0.1337, 4) },
        value: expect.closeTo(0.1594, 4),
        inTurn: { ratio: expect.closeTo(1.4306, 4), adjustedPValue: expect.closeTo(0.000118, 6) },
      },
    ],
    [
      'slower than the limit by chance is inconclusive',
      times([1, 1.9, 1, 1.9, 1]),
      { outcome: 'inconclusive', reason: 'rise_not_proved', inTurn: { ratio: expect.closeTo(1.2927, 4) } },
    ],
    [
      'surely slower, within the limit, passes',
      times([1.14, 1.15, 1.15, 1.16, 1.15]),
      { outcome: 'pass', reason: 'within_budget', inTurn: { pValue: expect.closeTo(0, 5) } },
    ],
    ['the same passes', times([1, 1, 1, 1, 1]), { outcome: 'pass', inTurn: { ratio: 1 } }],
    [
      'a fit of 49 ms is too short',
      timesInTurn([0.02, 0.021], [0.049, 0.049]),
      { outcome: 'inconclusive', reason: 'too_short_to_time' },
    ],
    ['a fit of 50 ms is not', timesInTurn([0.02, 0.02], [0.05, 0.05]), { outcome: 'fail' }],
    ['a short one within its limit passes', timesInTurn([0.02, 0.02], [0.02, 0.02]), { outcome: 'pass' }],
  ])('%s', (_, inTurn, expected) => {
    const isSlower = 'outcome' in expected && expected.outcome !== 'pass';
    expect(gate(limit, timed(inTurn, isSlower ? 0.01 : 10), {})).toMatchObject(expected);
  });

  it('counts only if it is of the model that is compared', () => {
    const inTurn = timesInTurn(steady, steady, { model: 'dummy' });
    const found = gate(limit, timed(inTurn, 9), { timings: fast });
    expect(found).toMatchObject({ outcome: 'inconclusive', reason: 'over_budget_elsewhere', baseline: 2, value: 9 });
    expect(found.inTurn).toBeUndefined();
  });

  it('counts only beside a baseline', () => {
    expect(gate(limit, timed(times([2, 2, 2, 2, 2])), 'no_baseline')).toMatchObject({ reason: 'no_baseline' });
    expect(gate(limit, timed(times([2, 2, 2, 2, 2])), null)).toMatchObject({ reason: 'no_baseline' });
  });

  it('does not stand for a size', () => {
    const found = gate({ model_bytes: { max_rise: '20%' } }, { ...timed(times([2, 2, 2, 2, 2])), modelBytes: 9 }, {});
    expect(found).toMatchObject({ outcome: 'pass', value: 9 });
    expect(found.inTurn).toBeUndefined();
  });

  it('is tested by its own times', () => {
    const { folds, ...rest } = times([1.3, 1.31, 1.3, 1.32, 1.3]);
    const sameFit = folds.map(({ baseline, candidate }) => ({
      baseline,
      candidate: { ...candidate, fitSeconds: baseline.fitSeconds },
    }));
    const both = gates({ ...limit, predict_microseconds: { max_rise: '20%' } }, timed({ ...rest, folds: sameFit }), {});
    expect(both).toMatchObject([
      { outcome: 'pass', inTurn: { adjustedPValue: 1 } },
      { outcome: 'fail', inTurn: { adjustedPValue: expect.closeTo(0, 6) } },
    ]);
  });

  it('is corrected for every other that is tested', () => {
    // numpy: scipy.stats.ttest_1samp(log(factors), 0, alternative="greater").pvalue = .005176
    const slower = timed(times([1.06, 1.3, 1.3, 1.5, 1.4]));
    expect(gate(limit, slower, {})).toMatchObject({ outcome: 'fail' });
    const both = gates({ ...limit, predict_microseconds: { max_rise: '20%' } }, slower, {});
    expect(both.map(({ outcome }) => outcome)).toEqual(['inconclusive', 'inconclusive']);
    expect(both[0]!.inTurn).toMatchObject({
      pValue: expect.closeTo(0.005176, 6),
      adjustedPValue: expect.closeTo(2 * 0.005176, 5),
    });
    const withBound = gates({ ...limit, model_bytes: { max_rise: '20%' } }, slower, {});
    expect(withBound.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
  });
});

describe('times that were measured apart', () => {
  const limit = { fit_cpu_seconds: { max_rise: '20%' } };
  const notTimed = { obstacle: 'not_allowed' } as const;

  it.each([
    [31, 'over_budget_elsewhere'],
    [20, 'measured_apart'],
    [1, 'measured_apart'],
  ])('decide nothing where they should have been taken in turn, and say why: %s s', (seconds, reason) => {
    expect(gate(limit, cpu(seconds, 1), {}, notTimed)).toMatchObject({ outcome: 'inconclusive', reason, notTimed });
  });

  it('are nothing to a size', () => {
    const found = gate({ model_bytes: { max_rise: '20%' } }, {}, {}, notTimed);
    expect(found).toMatchObject({ outcome: 'pass', reason: 'within_budget' });
  });
});
