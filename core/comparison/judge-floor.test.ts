import { describe, expect, it } from 'vitest';
import { anEvaluatedRun } from './evaluated-run.fixture.ts';
import { aDatasetComparison, forest, rowSet, verdict } from './judge.fixture.ts';

describe('floors hold', () => {
  it.each([
    ['r2', { min: 0.8 }, 'pass', 'above_floor'],
    ['r2', { min: 0.81 }, 'fail', 'below_floor'],
    ['rmse', { max: 0.5 }, 'pass', 'above_floor'],
    ['rmse', { max: 0.49 }, 'fail', 'below_floor'],
  ])('%s with %o: %s', (metric, gate, outcome, reason) => {
    const better = forest({ metrics: { r2: { value: 0.9 }, rmse: { value: 0.3 } } });
    const found = verdict(aDatasetComparison({ baseline: better, gates: { [metric]: gate } }));
    expect(found.gates).toEqual([expect.objectContaining({ kind: 'floor', outcome, reason })]);
    expect(found.outcome).toBe(outcome);
  });
  it.each([
    [0.8, 'pass', 'not_made_worse'],
    [0.801, 'pass', 'not_made_worse'],
    [0.799, 'fail', 'below_floor'],
    [0.95, 'pass', 'above_floor'],
  ])('or are missed by the baseline as much: r2 %d after .8', (value, outcome, reason) => {
    const candidate = forest({ metrics: { r2: { value }, rmse: { value: 0.5 } } });
    const found = verdict(aDatasetComparison({ candidate, gates: { r2: { min: 0.9 } } }));
    expect(found).toMatchObject({ outcome, gates: [{ outcome, reason, model: 'random_forest' }] });
  });
  it('but not by what a command says of itself', () => {
    const run = forest({ metrics: { r2: { value: 0.8 }, rmse: { value: 0.5 } } }).get('random_forest')!;
    const said = { ...run, run: { ...run.run, measuredOn: 'self_reported' as const } };
    const candidate = new Map([['random_forest', said]]);
    expect(verdict(aDatasetComparison({ candidate, gates: { r2: { min: 0.9 } } })).gates).toMatchObject([
      { outcome: 'fail', reason: 'below_floor' },
    ]);
  });
  it('but not by another model of the baseline', () => {
    const other = new Map([
      ['dummy', anEvaluatedRun(rowSet, { model: 'dummy', metrics: { r2: { value: 0.1 }, rmse: { value: 1 } } })],
    ]);
    expect(verdict(aDatasetComparison({ baseline: other, gates: { r2: { min: 0.9 } } })).gates).toMatchObject([
      { outcome: 'fail', reason: 'below_floor' },
    ]);
  });
  it('but never without a value', () => {
    const found = verdict(
      aDatasetComparison({
        candidate: forest({ metrics: { r2: { value: null }, rmse: { value: 0.5 } } }),
        gates: { r2: { min: -10 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ outcome: 'fail', reason: 'missing' });
  });
  it('says when one standard error would decide it', () => {
    expect(verdict(aDatasetComparison({ gates: { r2: { min: 0.795 } } })).gates).toMatchObject([{ isNear: true }]);
    expect(verdict(aDatasetComparison({ gates: { r2: { min: 0.7 } } })).gates).toMatchObject([{ isNear: false }]);
  });
  const two = new Map([
    ['dummy', anEvaluatedRun(rowSet, { model: 'dummy', metrics: { r2: { value: 0.1 }, rmse: { value: 1 } } })],
    ...forest(),
  ]);
  it('for the model with the best primary metric', () => {
    const found = verdict(
      aDatasetComparison({ candidate: two, models: ['dummy', 'random_forest'], gates: { r2: { min: 0.7 } } }),
    );
    expect(found).toMatchObject({ outcome: 'pass', gates: [{ model: 'random_forest' }] });
  });
  it('or for the one that is named', () => {
    const found = verdict(
      aDatasetComparison({
        candidate: two,
        models: ['dummy', 'random_forest'],
        gated: 'dummy',
        gates: { r2: { min: 0.7 } },
      }),
    );
    expect(found).toMatchObject({ outcome: 'fail', gates: [{ model: 'dummy' }] });
  });
  it('on a first run too', () => {
    expect(verdict(aDatasetComparison({ baseline: 'first_run', gates: { r2: { min: 0.9 } } })).outcome).toBe('fail');
  });
});
