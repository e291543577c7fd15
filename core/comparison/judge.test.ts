import { describe, expect, it } from 'vitest';
import type { BudgetGate, Gate } from '../config/schema.ts';
import { toFloat16 } from '../evaluation/float16.ts';
import type { Estimate } from '../tracking/run.ts';
import type { Case } from './case.ts';
import { compareModels, type Side } from './compare-models.ts';
import { judge } from './judge.ts';
import { aSide, someRows } from './side.fixture.ts';
import { stopsMerge } from './verdict.ts';

const rowSet = someRows(300);
type Values = Record<string, Partial<Estimate>>;
const values: Values = { r2: { value: 0.8, se: 0.01 }, rmse: { value: 0.5 } };

function aCase(
  changes: Partial<Omit<Case, 'comparisons' | 'gates'>> & {
    gates?: Record<string, Gate>;
    gated?: string;
    byBudget?: Record<string, BudgetGate>;
  } = {},
): Case {
  const { gates = {}, byBudget = {}, gated, ...rest } = changes;
  const one: Omit<Case, 'comparisons'> = {
    dataset: 'churn',
    gates: { model: gated ?? null, byMetric: gates, byBudget, bySlice: {} },
    metrics: ['r2', 'rmse'],
    models: ['random_forest'],
    slices: [],
    candidate: new Map([['random_forest', aSide(rowSet, { metrics: values })]]),
    baseline: new Map([['random_forest', aSide(rowSet, { metrics: values })]]),
    ...rest,
  };
  const { baseline } = one;
  const both = baseline instanceof Map ? [...one.candidate].filter(([model]) => baseline.has(model)) : [];
  return {
    ...one,
    comparisons: new Map(
      both.map(([model, side]) => [
        model,
        compareModels((baseline as ReadonlyMap<string, Side>).get(model)!, side, one.metrics),
      ]),
    ),
  };
}
const verdict = (each: Case, onDataChange: 'fail' | 'accept' = 'fail') => judge([each], { onDataChange });
const forest = (options: Parameters<typeof aSide>[1] = {}, rows = rowSet) =>
  new Map([['random_forest', aSide(rows, { metrics: values, ...options })]]);

describe('a change is complete', () => {
  it('and passes when every expected model and metric is there', () => {
    expect(verdict(aCase())).toMatchObject({ outcome: 'pass', missing: [] });
  });
  it.each([
    [
      'a model was not trained',
      { models: ['random_forest', 'dummy'] },
      { model: 'dummy', metric: null, detail: 'was not trained' },
    ],
    [
      'a metric was not measured',
      { metrics: ['r2', 'mae'] },
      { model: 'random_forest', metric: 'mae', detail: 'was not measured' },
    ],
    [
      'a metric has no value',
      { candidate: forest({ metrics: { ...values, rmse: { value: null } } }) },
      { metric: 'rmse', detail: 'has no finite value' },
    ],
    [
      'a metric was measured on no row',
      { candidate: forest({ metrics: { ...values, r2: { value: 0.9, n: 0 } } }) },
      { metric: 'r2', detail: 'was measured on no row' },
    ],
    ['no model is expected', { models: [] }, { detail: 'no model is expected' }],
  ])('or fails because %s', (_, changes, missing) => {
    const found = verdict(aCase(changes));
    expect(found.outcome).toBe('fail');
    expect(found.missing).toEqual([expect.objectContaining(missing)]);
  });
  it('or fails because nothing at all was expected', () => {
    expect(judge([], { onDataChange: 'fail' }).outcome).toBe('fail');
  });
});

describe('the exam is the same', () => {
  const without = (n: number) => {
    const keep = <T extends { slice(start: number, end: number): T }>(array: T) => array.slice(0, 300 - n);
    return someRows(300 - n, { keys: keep(rowSet.keys), target: keep(rowSet.target!) });
  };
  it.each([
    [0, 'pass'],
    [3, 'pass'],
    [4, 'fail'],
  ])('when %d of 300 rows are gone: %s', (gone, outcome) => {
    const found = verdict(aCase({ candidate: forest({}, without(gone)) }));
    expect(found.exams).toEqual([expect.objectContaining({ gone, outcome })]);
    expect(found.outcome).toBe(outcome);
  });
  it('not when rows were relabelled', () => {
    const relabelled = someRows(300, { target: rowSet.target!.map((y, row) => (row < 4 ? y + 1 : y)) });
    expect(verdict(aCase({ candidate: forest({}, relabelled) })).exams[0]).toMatchObject({
      relabelled: 4,
      outcome: 'fail',
    });
  });
  it('or its change is accepted, and still shown', () => {
    const found = verdict(aCase({ candidate: forest({}, without(50)) }), 'accept');
    expect(found).toMatchObject({ outcome: 'pass', exams: [{ gone: 50, outcome: 'pass' }] });
  });
  it('not when rows are gone and nothing is known but their number', () => {
    const lost = aSide(rowSet, { metrics: values });
    const candidate = new Map([
      ['random_forest', { proof: null, run: { ...lost.run, data: { ...lost.run.data, rows: 290 } } }],
    ]);
    expect(verdict(aCase({ candidate })).exams[0]).toMatchObject({ pairing: 'unpaired', gone: 10, outcome: 'fail' });
  });
});

describe('stopsMerge', () => {
  const outcomes = ['pass', 'fail', 'inconclusive'] as const;
  it.each([
    ['pass', [false, true, false]],
    ['fail', [false, true, true]],
  ] as const)('with on_inconclusive: %s', (onInconclusive, expected) => {
    const empty = { missing: [], exams: [], gates: [] };
    expect(outcomes.map((outcome) => stopsMerge({ outcome, ...empty }, onInconclusive))).toEqual(expected);
    expect(stopsMerge(null, onInconclusive)).toBe(false);
  });
});

describe('floors hold', () => {
  it.each([
    ['r2', { min: 0.8 }, 'pass', 'above_floor'],
    ['r2', { min: 0.81 }, 'fail', 'below_floor'],
    ['rmse', { max: 0.5 }, 'pass', 'above_floor'],
    ['rmse', { max: 0.49 }, 'fail', 'below_floor'],
  ])('%s with %o: %s', (metric, gate, outcome, reason) => {
    const found = verdict(aCase({ gates: { [metric]: gate } }));
    expect(found.gates).toEqual([expect.objectContaining({ kind: 'floor', outcome, reason })]);
    expect(found.outcome).toBe(outcome);
  });
  it('but never without a value', () => {
    const found = verdict(
      aCase({
        candidate: forest({ metrics: { r2: { value: null }, rmse: { value: 0.5 } } }),
        gates: { r2: { min: -10 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ outcome: 'fail', reason: 'missing' });
  });
  it('says when one standard error would decide it', () => {
    expect(verdict(aCase({ gates: { r2: { min: 0.795 } } })).gates[0]!.nearFloor).toBe(true);
    expect(verdict(aCase({ gates: { r2: { min: 0.7 } } })).gates[0]!.nearFloor).toBe(false);
  });
  const two = new Map([
    ['dummy', aSide(rowSet, { model: 'dummy', metrics: { r2: { value: 0.1 }, rmse: { value: 1 } } })],
    ...forest(),
  ]);
  it('for the model with the best primary metric', () => {
    const found = verdict(aCase({ candidate: two, models: ['dummy', 'random_forest'], gates: { r2: { min: 0.7 } } }));
    expect(found).toMatchObject({ outcome: 'pass', gates: [{ model: 'random_forest' }] });
  });
  it('or for the one that is named', () => {
    const found = verdict(
      aCase({ candidate: two, models: ['dummy', 'random_forest'], gated: 'dummy', gates: { r2: { min: 0.7 } } }),
    );
    expect(found).toMatchObject({ outcome: 'fail', gates: [{ model: 'dummy' }] });
  });
  it('on a first run too', () => {
    expect(verdict(aCase({ baseline: 'first_run', gates: { r2: { min: 0.9 } } })).outcome).toBe('fail');
  });
});

describe('limits hold', () => {
  const limit = (error: number, gate: Gate, metric = 'r2') =>
    verdict(aCase({ candidate: forest({ error }), gates: { [metric]: gate } }));

  it.each([
    ['nothing changed', 0.5, { max_drop: 0 }, 'pass', 'within_limit'],
    ['it became better', 0.3, { max_drop: 0 }, 'pass', 'within_limit'],
    ['a proved drop is past the limit', 0.7, { max_drop: 0.01 }, 'fail', 'drop_past_limit'],
    ['a proved drop is within the limit', 0.52, { max_drop: 0.5 }, 'pass', 'drop_within_limit'],
    ['a relative limit is wide enough', 0.52, { max_drop: '50%' }, 'pass', 'drop_within_limit'],
    ['a relative limit is not', 0.7, { max_drop: '1%' }, 'fail', 'drop_past_limit'],
  ])('%s', (_, error, gate, outcome, reason) => {
    const found = limit(error, gate);
    expect(found.gates).toEqual([expect.objectContaining({ kind: 'limit', outcome, reason, pairing: 'key' })]);
    expect(found.outcome).toBe(outcome);
  });

  it('an improvement is no evidence of a drop', () => {
    expect(limit(0.3, { max_drop: 0 }).gates[0]!.pValue).toBeGreaterThan(0.5);
  });

  it('a drop that is the same in every row is certain', () => {
    const zeros = someRows(50, { target: new Float64Array(50) });
    const constant = (predicted: number) => {
      const side = aSide(zeros, { metrics: { mae: { value: predicted } } });
      const predictions = new Uint16Array(50).fill(toFloat16(predicted));
      const evidence = { ...side.proof!.evidence, repeats: [{ predictions, decisions: new Uint8Array(0) }] };
      return new Map([['random_forest', { run: side.run, proof: { rowSet: zeros, evidence } }]]);
    };
    const gates = { mae: { max_drop: 0 } };
    const found = verdict(aCase({ metrics: ['mae'], baseline: constant(0.5), candidate: constant(1), gates }));
    expect(found.gates[0]).toMatchObject({ standardError: 0, pValue: 0, outcome: 'fail' });
  });

  it('whichever direction the metric has', () => {
    expect(limit(0.7, { max_drop: 0.01 }, 'rmse').gates[0]).toMatchObject({ outcome: 'fail', direction: 'minimize' });
    expect(limit(0.3, { max_drop: 0 }, 'rmse').outcome).toBe('pass');
  });

  it('or it is inconclusive when chance could have made the drop', () => {
    const noisy = verdict(
      aCase({
        baseline: forest({ noise: 0.6, seeds: [7, 8] }),
        candidate: forest({ noise: 0.6, seeds: [1, 2] }),
        gates: { r2: { max_drop: 0 } },
      }),
    );
    expect(noisy.gates[0]).toMatchObject({ outcome: 'inconclusive', reason: 'drop_not_proved' });
    expect(noisy.gates[0]!.drop).toBeGreaterThan(0);
    expect(noisy.outcome).toBe('inconclusive');
  });

  it('non-inferiority asks for more than no proof of a drop', () => {
    const noisy = { baseline: forest({ noise: 0.6, seeds: [1, 2] }), candidate: forest({ noise: 0.6, seeds: [7, 8] }) };
    const gates = (max_drop: number) => ({ r2: { max_drop, require: 'non_inferior' as const } });
    expect(verdict(aCase({ ...noisy, gates: gates(0.02) })).gates[0]).toMatchObject({
      reason: 'not_non_inferior',
      outcome: 'inconclusive',
    });
    expect(verdict(aCase({ ...noisy, gates: gates(0.9) })).outcome).toBe('pass');
    expect(verdict(aCase({ candidate: forest({ error: 0.7 }), gates: gates(0.01) })).outcome).toBe('fail');
  });

  it('share the chance of a false alarm among all of them', () => {
    const one = limit(0.51, { max_drop: 0 }).gates[0]!;
    const both = verdict(
      aCase({ candidate: forest({ error: 0.51 }), gates: { r2: { max_drop: 0 }, rmse: { max_drop: 0 } } }),
    ).gates;
    expect(both).toHaveLength(2);
    expect(Math.min(...both.map((gate) => gate.adjustedPValue!))).toBeCloseTo(
      2 * Math.min(...both.map((gate) => gate.pValue!)),
      12,
    );
    expect(both[0]!.smallestDrop).toBeGreaterThan(one.smallestDrop!);
  });

  it('print the smallest drop they catch nine times in ten', () => {
    const { smallestDrop, standardError } = limit(0.51, { max_drop: 0 }).gates[0]!;
    // t(.99, 299 df) = 2.3389; z(.90) = 1.28, a quarter wider.
    expect(smallestDrop! / standardError!).toBeCloseTo(2.3389 + 1.7, 3);
    const wide = limit(0.51, { max_drop: 0.2 }).gates[0]!;
    expect(wide.smallestDrop).toBeCloseTo(0.2 + 1.7 * wide.standardError!, 12);
  });

  it('are judged on the model selected in the baseline, not on one that now looks better', () => {
    const sides = (good: string, error: number) =>
      new Map(
        ['random_forest', 'linear_regression'].map((model) => [
          model,
          aSide(rowSet, {
            model,
            error: model === 'random_forest' ? error : 0.5,
            metrics: { r2: { value: model === good ? 0.9 : 0.5 }, rmse: { value: 1 } },
          }),
        ]),
      );
    const found = verdict(
      aCase({
        models: ['random_forest', 'linear_regression'],
        baseline: sides('random_forest', 0.5),
        candidate: sides('linear_regression', 0.9),
        gates: { r2: { max_drop: 0.01 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ model: 'random_forest', outcome: 'fail' });
  });

  it.each([
    ['first_run', 'pass'],
    ['no_trusted_baseline', 'inconclusive'],
  ] as const)('without a baseline (%s): %s', (baseline, outcome) => {
    expect(verdict(aCase({ baseline, gates: { r2: { max_drop: 0 } } }))).toMatchObject({
      outcome,
      gates: [{ reason: baseline }],
    });
  });

  describe('what the baseline lacks', () => {
    /** Two models of the baseline, measured by `rmse` alone. */
    const old = (withEvidence = true) =>
      new Map(
        [
          ['random_forest', 0.5],
          ['linear_regression', 0.9],
        ].map(([model, error]) => {
          const side = aSide(rowSet, {
            model: model as string,
            error: error as number,
            metrics: { rmse: { value: 0.5 } },
          });
          return [model as string, withEvidence ? side : { ...side, proof: null }];
        }),
      );
    const now = (error: number, r2 = { random_forest: 0.5, linear_regression: 0.9 }) =>
      new Map(
        Object.entries(r2).map(([model, value]) => [
          model,
          aSide(rowSet, { model, error, metrics: { r2: { value }, rmse: { value: 0.5 } } }),
        ]),
      );
    const both = { models: ['linear_regression', 'random_forest'] };

    it('is computed where its predictions give it: a metric that is new is judged at once', () => {
      const gates = { mae: { max_drop: 0.001 } };
      const changed = (error: number) => forest({ error, metrics: { ...values, mae: { value: 0.4 } } });
      const metrics = ['r2', 'rmse', 'mae'];
      expect(verdict(aCase({ metrics, candidate: changed(0.7), gates })).gates[0]).toMatchObject({
        reason: 'drop_past_limit',
      });
      expect(verdict(aCase({ metrics, candidate: changed(0.5), gates })).outcome).toBe('pass');
    });
    it('is nothing to compare with, else: the new metric passes, the others are judged, floors hold', () => {
      const gates = { r2: { max_drop: 0.01, min: 0.85 }, rmse: { max_drop: 0.01 } };
      const candidate = now(0.5);
      const [floor, limit, other] = verdict(aCase({ ...both, baseline: old(false), candidate, gates })).gates;
      expect(floor).toMatchObject({ kind: 'floor', outcome: 'pass', model: 'linear_regression' });
      expect(limit).toMatchObject({ outcome: 'pass', reason: 'new_metric', metric: 'r2', value: 0.9 });
      expect(other).toMatchObject({ outcome: 'pass', reason: 'within_limit', pairing: 'unpaired', metric: 'rmse' });
      const low = now(0.5, { random_forest: 0.5, linear_regression: 0.6 });
      expect(verdict(aCase({ ...both, baseline: old(false), candidate: low, gates })).outcome).toBe('fail');
    });
    it('selects by what the predictions give when the primary metric is the new one', () => {
      const gates = { r2: { max_drop: 0.01 } };
      const found = verdict(aCase({ ...both, baseline: old(), candidate: now(0.7), gates }));
      expect(found.gates[0]).toMatchObject({ model: 'random_forest', reason: 'drop_past_limit' });
    });
    it('is not the value that it has and that is not finite', () => {
      const broken = new Map([
        ['random_forest', { ...aSide(rowSet, { metrics: { r2: { value: null }, rmse: { value: 1 } } }), proof: null }],
      ]);
      const gates = { r2: { max_drop: 0.01 } };
      expect(verdict(aCase({ baseline: broken, gates })).gates[0]).toMatchObject({
        outcome: 'fail',
        reason: 'missing',
      });
    });
    it('may be a model: the new one passes, and floors hold', () => {
      const gates = { r2: { max_drop: 0.01, min: 0.7 } };
      const other = new Map([['dummy', aSide(rowSet, { model: 'dummy', metrics: values })]]);
      expect(verdict(aCase({ baseline: other, gates })).gates).toMatchObject([
        { outcome: 'pass', reason: 'above_floor' },
        { outcome: 'pass', reason: 'new_model', model: 'random_forest', value: 0.8 },
      ]);
      expect(verdict(aCase({ baseline: other, gated: 'random_forest', gates })).gates[1]).toMatchObject({
        reason: 'new_model',
      });
      const missing = new Map([['dummy', other.get('dummy')!]]);
      expect(verdict(aCase({ baseline: other, candidate: missing, gates })).outcome).toBe('fail');
    });
  });

  it('by recorded intervals when there are no pairs, which catches less', () => {
    const unpaired = (value: number) =>
      verdict(
        aCase({
          candidate: forest(
            { metrics: { ...values, r2: { value, se: 0.01 } }, keyColumns: ['other'] },
            someRows(300, { target: rowSet.target!.slice().reverse() }),
          ),
          gates: { r2: { max_drop: 0 } },
        }),
      );
    expect(unpaired(0.78).gates[0]).toMatchObject({
      pairing: 'unpaired',
      outcome: 'inconclusive',
      standardError: Math.sqrt(0.0002),
    });
    expect(unpaired(0.7).gates[0]).toMatchObject({ pairing: 'unpaired', outcome: 'fail' });
  });

  it('fail when the gated metric has no value on the shared rows', () => {
    const constant = someRows(300, { classes: ['0', '1'], scale: null, target: new Float64Array(300) });
    const side = { metrics: { roc_auc: { value: 0.8, se: null } } };
    const found = verdict(
      aCase({
        metrics: ['roc_auc'],
        baseline: forest(side, constant),
        candidate: forest(side, constant),
        gates: { roc_auc: { max_drop: 0 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ outcome: 'fail', reason: 'missing' });
  });
});

describe('numbers that prove little', () => {
  const said = (changes: Partial<Side['run']>, side: Side = aSide(rowSet, { metrics: values })) =>
    new Map([['random_forest', { ...side, run: { ...side.run, ...changes } }]]);
  /** A run by its command's own word: a value, no standard error, no evidence. */
  const ownWord = (value = 0.9) => {
    const { run } = aSide(rowSet, { metrics: { r2: { value, se: null }, rmse: { value: 0.1, se: null } } });
    return said({ measured_on: 'self_reported' }, { run, proof: null });
  };
  const onTestSet = (repeats: number, error = 0.5) => {
    const { run, proof } = aSide(rowSet, { metrics: values, error });
    return said({ measured_on: 'test', split: { ...run.split, repeats } }, { run, proof });
  };
  const limit = { r2: { max_drop: 0.1 } };

  it.each([
    ['a limit, when nothing was measured before', 'first_run', ownWord(), limit, 'inconclusive'],
    ['a limit, when the baseline is its own word too', ownWord(0.8), ownWord(), limit, 'inconclusive'],
    ['a limit, when the baseline was measured', forest(), ownWord(), limit, 'fail'],
    ['a floor', ownWord(), ownWord(), { r2: { min: 0.5 } }, 'inconclusive'],
    ['a floor, when the baseline was measured', forest(), ownWord(), { r2: { min: 0.5 } }, 'fail'],
  ] as const)('a command’s own word never passes %s', (_, baseline, candidate, gates, outcome) => {
    expect(verdict(aCase({ baseline, candidate, gates }))).toMatchObject({
      outcome,
      gates: [{ outcome, reason: 'self_reported', value: 0.9 }],
    });
  });
  it('a baseline’s own word proves no drop, and no absence of one', () => {
    expect(verdict(aCase({ baseline: ownWord(), gates: limit })).gates[0]).toMatchObject({
      outcome: 'inconclusive',
      reason: 'self_reported',
    });
    expect(verdict(aCase({ baseline: ownWord(), gates: { r2: { min: 0.5 } } })).outcome).toBe('pass');
  });
  it('a command’s own word can break a floor', () => {
    expect(
      verdict(aCase({ baseline: ownWord(), candidate: ownWord(0.4), gates: { r2: { min: 0.5 } } })).gates[0],
    ).toMatchObject({
      outcome: 'fail',
      reason: 'below_floor',
    });
  });
  it('a model that praises itself is not selected while another was measured', () => {
    const both = new Map([
      ['custom', ownWord(0.99).get('random_forest')!],
      ['random_forest', aSide(rowSet, { metrics: values })],
    ]);
    const found = verdict(aCase({ candidate: both, models: ['custom', 'random_forest'], gates: { r2: { min: 0.7 } } }));
    expect(found).toMatchObject({ outcome: 'pass', gates: [{ model: 'random_forest' }] });
  });

  it.each([
    ['two repeats on the test set', onTestSet(2), onTestSet(2), 'inconclusive'],
    ['two repeats of the baseline', onTestSet(2), onTestSet(3), 'inconclusive'],
    ['two repeats of the candidate', onTestSet(3), onTestSet(2), 'inconclusive'],
    ['three repeats of both', onTestSet(3), onTestSet(3), 'pass'],
  ])('%s decide whether a limit can pass', (_, baseline, candidate, outcome) => {
    expect(verdict(aCase({ baseline, candidate, gates: limit })).outcome).toBe(outcome);
  });
  it('a difference without a standard error decides nothing', () => {
    const n = 300;
    // Class 1 has one row in every fold.
    const target = Float64Array.from({ length: n }, (_, row) => Number(row < 5));
    const rows = someRows(n, { classes: ['no', 'yes'], scale: null, target });
    const side = (error: number) =>
      new Map([['random_forest', aSide(rows, { error, metrics: { roc_auc: { value: 0.8 } } })]]);
    const found = verdict(
      aCase({
        ...{ candidate: side(2), baseline: side(0.1), metrics: ['roc_auc'] },
        gates: { roc_auc: { max_drop: 0, require: 'non_inferior' } },
      }),
    );
    expect(found).toMatchObject({
      outcome: 'inconclusive',
      gates: [{ reason: 'noise_unknown', standardError: null, pValue: null, smallestDrop: null }],
    });
    expect(found.gates[0]!.drop).toBeGreaterThan(0.1);
  });
  it('a drop that is proved fails on the test set alone too', () => {
    const found = verdict(aCase({ baseline: onTestSet(2), candidate: onTestSet(2, 0.9), gates: limit }));
    expect(found.gates[0]).toMatchObject({ outcome: 'fail', reason: 'drop_past_limit' });
  });
  it('a floor needs three repeats on the test set', () => {
    const floor = (repeats: number) => verdict(aCase({ candidate: onTestSet(repeats), gates: { r2: { min: 0.5 } } }));
    expect(floor(2).gates[0]).toMatchObject({ outcome: 'inconclusive', reason: 'test_set_alone' });
    expect(floor(3).outcome).toBe('pass');
  });
});
