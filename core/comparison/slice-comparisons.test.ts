import { describe, expect, it } from 'vitest';
import type { Gate } from '../gates/gate-schema.ts';
import type { Estimate, Run } from '../tracking/run.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import type { FloorGate } from './gate-result.ts';
import { testOf } from './judge.fixture.ts';
import { judge } from './judge.ts';
import { floorOfSlice } from './slice-comparisons.ts';

const west = { column: 'shop', value: 'west' };
const rowSet = someRows(300, {
  slices: [
    {
      column: 'shop',
      values: ['east', 'west'],
      codes: Uint8Array.from({ length: 300 }, (_, row) => Number(row < 100)),
    },
  ],
});
const model = 'random_forest';

function evaluatedRun(options: {
  error?: number;
  west?: Partial<Estimate>;
  n?: number;
  measuredOn?: Run['measuredOn'];
}): EvaluatedRun {
  const made = anEvaluatedRun(rowSet, { error: options.error ?? 0.5, metrics: { rmse: { value: 0.5 } } });
  const rmse: Estimate = { value: 0.5, ci: null, se: 0.05, n: options.n ?? 100, ...options.west };
  const slices = [{ column: 'shop', value: 'west', n: rmse.n, metrics: { rmse } }];
  return { ...made, run: { ...made.run, slices, ...(options.measuredOn && { measuredOn: options.measuredOn }) } };
}

function gatesOf(
  gate: Gate,
  after: EvaluatedRun,
  before: EvaluatedRun | 'first_run' = evaluatedRun({}),
  isPaired = true,
  whole: Gate = {},
) {
  const compared = before === 'first_run' ? [] : ([[model, compareModels(before, after, ['rmse'])]] as const);
  const sliced =
    before === 'first_run' || !isPaired ? [] : ([[model, compareModels(before, after, ['rmse'], west)]] as const);
  const one: DatasetComparison = {
    dataset: 'sales',
    gates: { model, byMetric: { rmse: whole }, byBudget: {}, bySlice: { rmse: gate } },
    metrics: ['rmse'],
    models: [model],
    listed: [model],
    candidate: new Map([[model, after]]),
    baseline: before === 'first_run' ? before : new Map([[model, before]]),
    comparisons: new Map(compared),
    slices: [{ column: 'shop', value: 'west', comparisons: new Map(sliced) }],
  };
  return judge([one], { onDataChange: 'fail' });
}

describe('gates on slices', () => {
  it('are missed by a model that was not trained, however few rows a slice has', () => {
    const floor = {
      kind: 'floor',
      dataset: 'sales',
      model,
      metric: 'rmse',
      outcome: 'fail',
      reason: 'missing',
    } as FloorGate;
    const slice = { ...west, comparisons: new Map() };
    const candidate = new Map([[model, evaluatedRun({})]]);
    const of = (trained: DatasetComparison['candidate']) =>
      floorOfSlice(floor, slice, { candidate: trained } as DatasetComparison);
    expect(of(new Map())).toMatchObject({ outcome: 'fail', reason: 'missing', slice: west });
    expect(of(candidate)).toMatchObject({ outcome: 'pass', reason: 'slice_too_small' });
  });
  it('judge the rows of the slice alone, by its own value', () => {
    const { gates } = gatesOf({ max: 0.6 }, evaluatedRun({ west: { value: 0.7 } }));
    expect(gates).toMatchObject([{ kind: 'floor', slice: west, outcome: 'fail', value: 0.7 }]);
  });

  it('compare the rows of the slice alone', () => {
    const after = evaluatedRun({ error: 0.9 });
    const { gates } = gatesOf({ max_drop: 0 }, after);
    const own = compareModels(evaluatedRun({}), after, ['rmse'], west).differences.get('rmse')!;
    const all = compareModels(evaluatedRun({}), after, ['rmse']).differences.get('rmse')!;
    expect(own.drop).not.toBe(all.drop);
    expect(own.df).toBe(99);
    expect(gates).toMatchObject([{ kind: 'limit', slice: west, outcome: 'fail', compared: { drop: own.drop } }]);
  });

  it("count in Holm's correction like any other", () => {
    const { gates } = gatesOf({ max_drop: 0 }, evaluatedRun({ error: 0.51 }), evaluatedRun({}), true, { max_drop: 0 });
    expect(gates).toHaveLength(2);
    const [smaller, larger] = gates.map(testOf).sort((a, b) => a.pValue - b.pValue);
    expect(smaller!.adjustedPValue).toBeCloseTo(Math.min(1, 2 * smaller!.pValue), 12);
    expect(larger!.adjustedPValue).toBeGreaterThanOrEqual(larger!.pValue);
  });

  it.each<[string, ReturnType<typeof gatesOf>, object[]]>([
    [
      'are not judged on 29 rows',
      gatesOf({ max_drop: 0, max: 0.1 }, evaluatedRun({ error: 0.9, n: 29, west: { value: null } })),
      [
        { kind: 'floor', outcome: 'pass', reason: 'slice_too_small' },
        { kind: 'limit', outcome: 'pass', reason: 'slice_too_small', compared: null },
      ],
    ],
    [
      'are judged on 30 rows',
      gatesOf({ max_drop: 0 }, evaluatedRun({ error: 0.9, n: 30 })),
      [{ outcome: 'fail', reason: 'drop_past_limit' }],
    ],
    [
      'are not comparable where rows cannot be paired',
      gatesOf({ max_drop: 0 }, evaluatedRun({}), evaluatedRun({}), false),
      [{ outcome: 'not_comparable', reason: 'slice_unpaired' }],
    ],
    [
      'have nothing to compare with in a first run',
      gatesOf({ max_drop: 0 }, evaluatedRun({}), 'first_run'),
      [{ outcome: 'pass', reason: 'first_run' }],
    ],
  ])('%s', (_, { gates }, expected) => expect(gates).toMatchObject(expected));

  it('fail for a model that was not trained', () => {
    const none = { ...evaluatedRun({}), run: { ...evaluatedRun({}).run, slices: [] } };
    expect(gatesOf({ max: 0.6 }, none).gates).toMatchObject([{ outcome: 'pass', reason: 'slice_too_small' }]);
    const { missing, outcome } = judge(
      [
        {
          dataset: 'sales',
          gates: { model, byMetric: {}, byBudget: {}, bySlice: { rmse: { max: 0.6, max_drop: 0.1 } } },
          metrics: ['rmse'],
          models: [model],
          listed: [model],
          candidate: new Map(),
          baseline: 'first_run',
          comparisons: new Map(),
          slices: [{ column: 'shop', value: 'west', comparisons: new Map() }],
        },
      ],
      { onDataChange: 'fail' },
    );
    expect(missing).toHaveLength(1);
    expect(outcome).toBe('fail');
  });
});
