import { describe, expect, it } from 'vitest';
import type { BudgetGate } from '../gates/gate-schema.ts';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import { budgetGates } from './judge-budget.ts';

const run = aRun();
const fast = { fitSeconds: 1, predictSeconds: 1, cpu: { fitSeconds: 20, predictSeconds: 0.01 } };
/** Processor time of all ten fits, and of predicting all rows twice. */
const cpu = (fitSeconds: number, predictSeconds: number) => ({
  timings: { ...fast, cpu: { fitSeconds, predictSeconds } },
});
const evaluatedRuns = (changes: Partial<Run> | null): ReadonlyMap<string, EvaluatedRun> =>
  new Map(changes ? [['random_forest', { run: aRun({ timings: fast, ...changes }), predictions: null }]] : []);

function gate(
  byBudget: Record<string, BudgetGate>,
  candidate: Partial<Run> | null,
  baseline: Partial<Run> | 'first_run' | 'no_baseline' | null,
) {
  const [result, ...rest] = budgetGates(
    {
      dataset: 'churn',
      gates: { model: null, byMetric: {}, byBudget, bySlice: {} },
      metrics: ['roc_auc'],
      models: ['random_forest'],
      listed: ['random_forest'],
      candidate: evaluatedRuns(candidate),
      baseline: typeof baseline === 'string' ? baseline : evaluatedRuns(baseline),
      comparisons: new Map(),
      slices: [],
    },
    { selected: 'random_forest', compared: 'random_forest' },
  );
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
  it.each<[string, Record<string, BudgetGate>, Partial<Run> | null, Parameters<typeof gate>[2], object]>([
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
    const found = budgetGates(
      {
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
      { selected: 'random_forest', compared: 'dummy' },
    );
    expect(found).toMatchObject([{ model: 'dummy', value: 100, baseline: 100, outcome: 'pass' }]);
  });
});
