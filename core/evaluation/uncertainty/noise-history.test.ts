import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { aRun } from '../../tracking/run.fixture.ts';
import type { MetricResult, Run } from '../../tracking/run.ts';
import { hasEnoughValues, knownNoise, sameConfiguration, withNoiseHistory } from './noise-history.ts';

const base = aRun();

/** A run whose metric has this value and noise. */
function measured(value: number, noise: MetricResult['seedNoise'], changes: Partial<Run> = {}): Run {
  const result = base.metrics.roc_auc!;
  return aRun({
    metrics: { roc_auc: { ...result, outOfFold: { ...result.outOfFold, value }, seedNoise: noise } },
    ...changes,
  });
}

/** The last of runs that were each compared with the one before. */
function chain(runs: readonly Run[]): Run {
  return runs.reduce<Run | undefined>((before, run) => withNoiseHistory(run, before), undefined)!;
}

describe('withNoiseHistory', () => {
  it('pools the noise of runs by their degrees of freedom', () => {
    const last = chain([measured(0.8, { variance: 1, df: 2 }), measured(0.8, { variance: 4, df: 4 })]);
    expect(last.metrics.roc_auc!.history).toEqual({ seedNoise: { variance: 3, df: 6, runs: 2 }, values: [] });
  });

  it('adds nothing of a run that repeats its baseline, which is no second look', () => {
    const same = measured(0.8, { variance: 1, df: 2 });
    expect(chain([same, same, same]).metrics.roc_auc!.history).toBeUndefined();
    const two = [measured(0.8, { variance: 4, df: 4 }), same];
    expect(chain([...two, same, same])).toEqual(chain(two));
  });

  it('begins anew with another configuration', () => {
    const before = chain([measured(0.8, { variance: 1, df: 2 }), measured(0.8, { variance: 4, df: 4 })]);
    const other = measured(0.8, { variance: 2, df: 3 }, { params: { n_estimators: 50, max_depth: null } });
    expect(withNoiseHistory(other, before).metrics.roc_auc!.history).toBeUndefined();
  });

  it('holds twenty runs at most and lets the older ones fade', () => {
    const runs = Array.from({ length: 60 }, (_, i) => measured(0.8, { variance: i < 30 ? 100 : 1 + i / 1000, df: 5 }));
    const { seedNoise } = chain(runs).metrics.roc_auc!.history!;
    expect(seedNoise).toMatchObject({ runs: 20, df: 100 });
    expect(seedNoise!.variance).toBeLessThan(25);
  });

  it('comes near the true variance, which two repeats alone do not', () => {
    const random = createRandom(3, 'noise');
    const draw = () => {
      const parts = Array.from({ length: 5 }, () => random.normal() ** 2);
      return { variance: parts.reduce((sum, part) => sum + part, 0) / 5, df: 5 };
    };
    const { seedNoise } = chain(Array.from({ length: 20 }, () => measured(0.8, draw()))).metrics.roc_auc!.history!;
    expect(seedNoise!.df).toBe(100);
    // χ² of 100 degrees of freedom: its standard deviation is .14 of the mean.
    expect(Math.abs(seedNoise!.variance - 1)).toBeLessThan(0.45);
  });

  it('remembers different values of unchanged runs that were measured on the test set alone', () => {
    const thin = (value: number, changes: Partial<Run> = {}) =>
      measured(value, null, { measuredOn: 'test', ...changes });
    const five = chain([0.8, 0.81, 0.81, 0.79, 0.8, 0.82, 0.83].map((value) => thin(value)));
    expect(five.metrics.roc_auc!.history).toEqual({ seedNoise: null, values: [0.8, 0.81, 0.79, 0.82, 0.83] });
    expect(hasEnoughValues(five.metrics.roc_auc!.history)).toBe(true);
    const changed = withNoiseHistory(thin(0.9, { inputsSha256: 'f'.repeat(64) }), five);
    expect(changed.metrics.roc_auc!.history).toBeUndefined();
    const copies = chain(Array.from({ length: 9 }, () => thin(0.8)));
    expect(hasEnoughValues(copies.metrics.roc_auc!.history)).toBe(false);
  });
});

describe('sameConfiguration', () => {
  it.each<[string, Partial<Run>, boolean]>([
    ['itself', {}, true],
    ['other order of parameters', { params: { max_depth: null, n_estimators: 100 } }, true],
    ['another seed', { split: { ...base.split, seed: 1 } }, true],
    ['a few rows more', { data: { ...base.data, rows: 600 } }, true],
    ['far more rows', { data: { ...base.data, rows: 700 } }, false],
    ['another parameter', { params: { n_estimators: 99, max_depth: null } }, false],
    ['more repeats', { split: { ...base.split, repeats: 4 } }, false],
    ['another model', { model: 'gradient_boosting' }, false],
    ['another feature', { data: { ...base.data, nFeatures: 2 } }, false],
    ['the test set alone', { measuredOn: 'test' }, false],
  ])('%s: %o', (_, changes, expected) => {
    expect(sameConfiguration(base, aRun(changes))).toBe(expected);
    expect(sameConfiguration(aRun(changes), base)).toBe(expected);
  });
});

describe('knownNoise', () => {
  const long = chain([measured(0.8, { variance: 1, df: 2 }), measured(0.8, { variance: 4, df: 4 })]);

  it("is that of the candidate's history for both sides of one configuration", () => {
    const noise = { variance: 3, df: 6 };
    expect(knownNoise('roc_auc', measured(0.8, { variance: 1, df: 2 }), long)).toEqual({
      baseline: noise,
      candidate: noise,
    });
  });

  it("is each side's own where they differ, and nothing where there is no history", () => {
    const other = measured(0.8, { variance: 2, df: 3 }, { model: 'gradient_boosting' });
    expect(knownNoise('roc_auc', long, other)).toEqual({ baseline: { variance: 3, df: 6 }, candidate: null });
    expect(knownNoise('roc_auc', other, other)).toEqual({ baseline: null, candidate: null });
    expect(knownNoise('rmse', long, long)).toEqual({ baseline: null, candidate: null });
  });

  it('is the variance of values where only the test set was measured', () => {
    const thin = chain(
      [1, 2, 3, 4, 5].map((value) => measured(value, null, { measuredOn: 'test', inputsSha256: 'd'.repeat(64) })),
    );
    const noise = { variance: 2.5, df: 4 };
    const once = { ...base.split, repeats: 1 };
    const change = measured(6, null, { measuredOn: 'test', params: { n_estimators: 50 }, split: once });
    expect(knownNoise('roc_auc', thin, thin)).toEqual({ baseline: noise, candidate: noise });
    expect(knownNoise('roc_auc', thin, change)).toEqual({ baseline: noise, candidate: noise });
    expect(knownNoise('roc_auc', thin, { ...change, split: base.split })).toEqual({ baseline: noise, candidate: null });
  });
});

describe('the noise of changes', () => {
  const error = (value: number) => new Map([['roc_auc', value]]);
  const errorsOf = (run: Run) => run.metrics.roc_auc!.history?.errors;

  it('is remembered of twenty comparisons, whatever changed, while there are about as many rows', () => {
    const first = withNoiseHistory(measured(0.8, null), undefined);
    expect(errorsOf(first)).toBeUndefined();
    const second = withNoiseHistory(measured(0.8, null), first, error(0.02));
    const other = measured(0.8, null, { params: { n_estimators: 50, max_depth: null } });
    expect(errorsOf(withNoiseHistory(other, second, error(0.03)))).toEqual([0.02, 0.03]);
    expect(errorsOf(withNoiseHistory(other, second))).toEqual([0.02]);
    const grown = measured(0.8, null, { data: { ...base.data, rows: base.data.rows * 2 } });
    expect(errorsOf(withNoiseHistory(grown, second, error(0.01)))).toEqual([0.01]);
    let last = first;
    for (let i = 1; i <= 25; i++) last = withNoiseHistory(measured(0.8, null), last, error(i));
    expect(errorsOf(last)).toEqual(Array.from({ length: 20 }, (_, i) => i + 6));
  });

  it('says nothing of the noise of seeds', () => {
    const run = withNoiseHistory(measured(0.8, null), undefined, error(0.02));
    expect(knownNoise('roc_auc', run, run)).toEqual({ baseline: null, candidate: null });
    expect(hasEnoughValues(run.metrics.roc_auc!.history)).toBe(false);
  });
});
