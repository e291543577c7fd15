import { describe, expect, it } from 'vitest';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';
import { weaknessOf } from './weakness.ts';

/** A run of the test set alone, whose unchanged predecessors had these values. */
function thin(values: readonly number[], repeats = 1): Run {
  const run = aRun({ measuredOn: 'test', split: { folds: 5, seed: 42, repeats } });
  const { roc_auc } = run.metrics;
  return { ...run, metrics: { roc_auc: { ...roc_auc!, history: { seedNoise: null, values: [...values] } } } };
}

describe('weaknessOf', () => {
  const five = [0.8, 0.81, 0.79, 0.82, 0.83];
  const alone = { reason: 'test_set_alone', outcome: 'inconclusive' };
  it.each([
    ['all rows', undefined, aRun(), null],
    ['the test set alone, once', undefined, thin([]), alone],
    ['the test set alone, twice', undefined, thin([], 2), alone],
    ['the test set alone, three times', undefined, thin([], 3), null],
    ['the test set alone, after four unchanged runs', undefined, thin(five.slice(1)), alone],
    ['the test set alone, after five unchanged runs', undefined, thin(five), null],
    ['a change after five unchanged runs', thin(five), thin([]), null],
    ['a change after four unchanged runs', thin(five.slice(1)), thin([]), alone],
    ['a baseline of the test set alone', thin([]), aRun(), alone],
    ['a baseline of the test set alone, after five unchanged runs', thin(five), aRun(), null],
    [
      'its own words',
      undefined,
      aRun({ measuredOn: 'self_reported' }),
      { reason: 'self_reported', outcome: 'not_comparable' },
    ],
    [
      'its own words, where its baseline was measured',
      aRun(),
      aRun({ measuredOn: 'self_reported' }),
      { reason: 'self_reported', outcome: 'fail' },
    ],
    [
      "a baseline's own words",
      aRun({ measuredOn: 'self_reported' }),
      aRun(),
      { reason: 'self_reported', outcome: 'not_comparable' },
    ],
  ])('%s', (_, before, after, expected) => expect(weaknessOf(before, after)).toEqual(expected));
});
