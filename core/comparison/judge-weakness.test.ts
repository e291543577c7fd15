import { describe, expect, it } from 'vitest';
import type { EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { aDatasetComparison, forest, rowSet, values, verdict } from './judge.fixture.ts';

describe('numbers that prove little', () => {
  const said = (
    changes: Partial<EvaluatedRun['run']>,
    evaluatedRun: EvaluatedRun = anEvaluatedRun(rowSet, { metrics: values }),
  ) => new Map([['random_forest', { ...evaluatedRun, run: { ...evaluatedRun.run, ...changes } }]]);
  /** A run by its command's own word: a value, no standard error, no evidence. */
  const ownWord = (value = 0.9) => {
    const { run } = anEvaluatedRun(rowSet, { metrics: { r2: { value, se: null }, rmse: { value: 0.1, se: null } } });
    return said({ measuredOn: 'self_reported' }, { run, predictions: null });
  };
  const onTestSet = (repeats: number, error = 0.5) => {
    const { run, predictions } = anEvaluatedRun(rowSet, { metrics: values, error });
    return said({ measuredOn: 'test', split: { ...run.split, repeats } }, { run, predictions });
  };
  const limit = { r2: { max_drop: 0.1 } };

  it.each([
    ['a limit, when nothing was measured before', 'first_run', ownWord(), limit, 'not_comparable'],
    ['a limit, when the baseline is its own word too', ownWord(0.8), ownWord(), limit, 'not_comparable'],
    ['a limit, when the baseline was measured', forest(), ownWord(), limit, 'fail'],
    ['a floor', ownWord(), ownWord(), { r2: { min: 0.5 } }, 'not_comparable'],
    ['a floor, when the baseline was measured', forest(), ownWord(), { r2: { min: 0.5 } }, 'fail'],
  ] as const)("a command's own word never passes %s", (_, baseline, candidate, gates, outcome) => {
    expect(verdict(aDatasetComparison({ baseline, candidate, gates }))).toMatchObject({
      outcome,
      gates: [{ outcome, reason: 'self_reported', value: 0.9 }],
    });
  });
  it("a baseline's own word proves no drop, and no absence of one", () => {
    expect(verdict(aDatasetComparison({ baseline: ownWord(), gates: limit })).gates[0]).toMatchObject({
      outcome: 'not_comparable',
      reason: 'self_reported',
    });
    expect(verdict(aDatasetComparison({ baseline: ownWord(), gates: { r2: { min: 0.5 } } })).outcome).toBe('pass');
  });
  it("a command's own word can break a floor", () => {
    expect(
      verdict(aDatasetComparison({ baseline: ownWord(), candidate: ownWord(0.4), gates: { r2: { min: 0.5 } } }))
        .gates[0],
    ).toMatchObject({
      outcome: 'fail',
      reason: 'below_floor',
    });
  });
  it('a model that praises itself is not selected while another was measured', () => {
    const both = new Map([
      ['custom', ownWord(0.99).get('random_forest')!],
      ['random_forest', anEvaluatedRun(rowSet, { metrics: values })],
    ]);
    const found = verdict(
      aDatasetComparison({ candidate: both, models: ['custom', 'random_forest'], gates: { r2: { min: 0.7 } } }),
    );
    expect(found).toMatchObject({ outcome: 'pass', gates: [{ model: 'random_forest' }] });
  });

  it.each([
    ['two repeats on the test set', onTestSet(2), onTestSet(2), 'inconclusive'],
    ['two repeats of the baseline', onTestSet(2), onTestSet(3), 'inconclusive'],
    ['two repeats of the candidate', onTestSet(3), onTestSet(2), 'inconclusive'],
    ['three repeats of both', onTestSet(3), onTestSet(3), 'pass'],
  ])('%s decide whether a limit can pass', (_, baseline, candidate, outcome) => {
    expect(verdict(aDatasetComparison({ baseline, candidate, gates: limit })).outcome).toBe(outcome);
  });
  it('a difference without a standard error decides nothing', () => {
    const n = 300;
    // Class 1 has one row in every fold.
    const target = Float64Array.from({ length: n }, (_, row) => Number(row < 5));
    const rows = someRows(n, { classes: ['no', 'yes'], scale: null, target });
    const evaluatedRun = (error: number) =>
      new Map([['random_forest', anEvaluatedRun(rows, { error, metrics: { roc_auc: { value: 0.8 } } })]]);
    const found = verdict(
      aDatasetComparison({
        ...{ candidate: evaluatedRun(2), baseline: evaluatedRun(0.1), metrics: ['roc_auc'] },
        gates: { roc_auc: { max_drop: 0, require: 'non_inferior' } },
      }),
    );
    expect(found).toMatchObject({
      outcome: 'inconclusive',
      gates: [{ reason: 'noise_unknown', compared: { test: null } }],
    });
    expect(found.gates[0]).toHaveProperty(
      'compared.drop',
      expect.toSatisfy((drop: number) => drop > 0.1),
    );
  });
  it('a drop that is proved fails on the test set alone too', () => {
    const found = verdict(aDatasetComparison({ baseline: onTestSet(2), candidate: onTestSet(2, 0.9), gates: limit }));
    expect(found.gates[0]).toMatchObject({ outcome: 'fail', reason: 'drop_past_limit' });
  });
  it('a floor needs three repeats on the test set', () => {
    const floor = (repeats: number) =>
      verdict(aDatasetComparison({ candidate: onTestSet(repeats), gates: { r2: { min: 0.5 } } }));
    expect(floor(2).gates[0]).toMatchObject({ outcome: 'inconclusive', reason: 'test_set_alone' });
    expect(floor(3).outcome).toBe('pass');
  });
});
