import { expect, it } from 'vitest';
import { compareModels } from './compare-models.ts';
import { comparisonErrors } from './comparison-errors.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { aDatasetComparison, forest, testOf, values, verdict } from './judge.fixture.ts';

const rowSet = someRows(300);
const before = anEvaluatedRun(rowSet, { metrics: values });
const after = anEvaluatedRun(rowSet, { error: 0.6, metrics: values });

it('is the standard error of each metric that moved, where rows are paired', () => {
  const { differences } = compareModels(before, after, ['r2', 'rmse']);
  expect([...comparisonErrors(before, after, ['r2', 'rmse'])]).toEqual([
    ['r2', differences.get('r2')!.standardError],
    ['rmse', differences.get('rmse')!.standardError],
  ]);
  expect(comparisonErrors(before, before, ['r2']).size).toBe(0);
  expect(comparisonErrors({ ...before, predictions: null }, after, ['r2']).size).toBe(0);
});

it('of earlier runs on the default branch makes the drop that is printed, and no other number', () => {
  const withErrors = (errors: readonly number[]) => {
    const known = forest();
    const { run, predictions } = known.get('random_forest')!;
    const history = { seedNoise: null, values: [], errors: [...errors] };
    const metrics = { ...run.metrics, r2: { ...run.metrics.r2!, ...(errors.length > 0 && { history }) } };
    const baseline = new Map([['random_forest', { run: { ...run, metrics }, predictions }]]);
    return testOf(
      verdict(aDatasetComparison({ baseline, candidate: forest({ error: 0.51 }), gates: { r2: { max_drop: 0 } } }))
        .gates[0],
    );
  };
  const { smallestDrop, ...alone } = withErrors([]);
  const { smallestDrop: printed, earlierError, ...same } = withErrors([0.001, 0.5, 0.02]);
  expect(same).toEqual(alone);
  expect(earlierError).toBe(0.5);
  expect(printed / smallestDrop).toBeCloseTo(0.5 / alone.standardError, 9);
  expect(withErrors([alone.standardError / 2])).not.toHaveProperty('earlierError');
});
