import { describe, expect, it } from 'vitest';
import { isNoisier, type RepeatedNoise } from '../evaluation/uncertainty/repeated-noise.ts';
import type { MetricResult } from '../tracking/run.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun } from './evaluated-run.fixture.ts';
import type { LimitGate } from './gate-result.ts';
import { aDatasetComparison, rowSet, testOf, values, verdict } from './judge.fixture.ts';
import type { LimitTest } from './judge-limit.ts';
import { needsRepeats, withNoisyCandidate } from './noisier-candidate.ts';
import type { Difference } from './paired-difference.ts';

/** Of the mean of so many repeats, when one training has this variance. */
const noise = (ofOne: number, repeats: number, df = 4 * (repeats - 1)): RepeatedNoise => ({
  repeats,
  noise: { variance: ofOne / repeats, df },
});
const FIXED: RepeatedNoise = { repeats: 1, noise: null };

describe('isNoisier', () => {
  it.each<[string, RepeatedNoise, RepeatedNoise, number, boolean]>([
    // scipy.stats.f.sf(6.38824, 4, 4) = .05, scipy.stats.f.sf(15.977, 4, 4) = .01
    ['a little more than chance', noise(1, 2), noise(6.4, 2), 0.05, true],
    ['as much as chance', noise(1, 2), noise(6.3, 2), 0.05, false],
    ['much more', noise(1, 2), noise(16, 2), 0.01, true],
    ['not so much more', noise(1, 2), noise(15.9, 2), 0.01, false],
    ['less', noise(6.4, 2), noise(1, 2), 0.05, false],
    ['by one training, not by the mean of many', noise(1, 2), noise(1, 10), 0.05, false],
    ['more by each training, which the mean of ten hides', noise(1, 2), noise(10, 10), 0.05, true],
    ['a baseline that is not random', FIXED, noise(1e-9, 2), 0.01, true],
    ['a baseline whose repeats happen to agree', noise(0, 2), noise(1, 2), 0.05, false],
    ['a baseline of unknown noise', { repeats: 2, noise: null }, noise(1, 2), 0.05, false],
    ['a candidate that is not random', noise(1, 2), FIXED, 0.05, false],
    ['a candidate whose repeats agree', FIXED, noise(0, 2), 0.05, false],
  ])('%s', (_, baseline, candidate, level, expected) => {
    expect(isNoisier({ baseline, candidate }, level)).toBe(expected);
  });
});

const difference = (changes: Partial<Difference> = {}): Difference => ({
  ...{ baseline: 0.8, candidate: 0.78, drop: 0.02, standardError: 0.012, df: 40 },
  ...{
    counted: { n: 41, of: 'rows' },
    hits: { rise: 0, fall: 0 },
    baselineError: 0.01,
    leastPValue: null,
    boundError: 0.012,
  },
  parts: { rows: 1e-6, seeds: 1.5e-4, seedsInRows: 0 },
  repeated: { baseline: noise(1e-6, 2, 40), candidate: noise(1.4e-3, 10) },
  ...changes,
});
const aTest = (allowed: number | null, changes: Partial<Difference> = {}, pValue: number | null = 0.05): LimitTest => ({
  ...{ dataset: 'd', model: 'm', replacedBy: null, metric: 'r2', written: '', nonInferior: false, pairing: 'key' },
  ...{ allowed, isOfNoise: false, earlier: [], pValue, without: null, weakness: null, value: 0.78 },
  difference: difference(changes),
});
const twice = (ofOne = 1.4e-3) => ({ repeated: { baseline: noise(1e-6, 2, 40), candidate: noise(ofOne, 2) } });

describe('more repeats are needed', () => {
  it.each<[string, LimitTest, boolean]>([
    ['of a noisier candidate whose limit is open', aTest(0.01, twice()), true],
    ['also where the drop is within the limit, by luck perhaps', aTest(0.03, twice()), true],
    ['not where a drop is proved', aTest(0.01, twice(), 0.0004), false],
    ['but where it would be proved as the only limit, not among twenty', aTest(0.01, twice(), 0.005), true],
    ['but where the drop that is proved is within the limit', aTest(0.03, twice(), 0.0004), true],
    ['not where a drop past the limit is excluded', aTest(0.041, twice()), false],
    ['not of one as noisy as its baseline', aTest(0.01, twice(1e-6)), false],
    ['not of one that has ten', aTest(0.01), false],
    ['not without a test', aTest(0.01, twice(), null), false],
    ['not where the limit is a share of nothing', aTest(null, twice()), false],
    ['not where repeats were not compared', { ...aTest(0.01), difference: { ...difference(), parts: null } }, false],
  ])('%s', (_, test, expected) => expect(needsRepeats(test, 20)).toBe(expected));
});

describe('after ten repeats', () => {
  const gate = (outcome: LimitGate['outcome']): LimitGate => ({
    ...{ kind: 'limit', dataset: 'd', model: 'm', metric: 'r2', direction: 'maximize', outcome, written: '' },
    ...{ reason: 'drop_not_proved', value: 0.78, allowed: 0.01, compared: null },
  });
  const judged = (outcome: LimitGate['outcome'], test: LimitTest) => {
    const { outcome: found, reason } = withNoisyCandidate(gate(outcome), test, 1);
    return reason === 'too_noisy' ? `${found}, too noisy` : found;
  };
  it.each<[string, LimitGate['outcome'], LimitTest, string]>([
    // t.ppf(.99, 40)·√(1e-6 + 2·5e-7) = .0034
    ['a limit that the baseline could decide fails', 'inconclusive', aTest(0.0035), 'fail, too noisy'],
    ['also where the drop is within it', 'pass', aTest(0.03), 'fail, too noisy'],
    ['one that nobody could decide is left open', 'pass', aTest(0.0034), 'inconclusive, too noisy'],
    ['a drop that is excluded passes', 'pass', aTest(0.041), 'pass'],
    ['a proved drop fails as ever', 'fail', aTest(0.01), 'fail'],
    ['what cannot be compared stays so', 'not_comparable', aTest(0.01), 'not_comparable'],
    ['two repeats prove no noise', 'inconclusive', aTest(0.01, twice()), 'inconclusive'],
    [
      'a noise that may be chance is none',
      'inconclusive',
      aTest(0.01, { repeated: { baseline: noise(1e-3, 2), candidate: noise(5e-3, 10) } }),
      'inconclusive',
    ],
  ])('%s', (_, outcome, test, expected) => expect(judged(outcome, test)).toBe(expected));
});

describe('a verdict on a candidate that moves with its seeds', () => {
  const seeds = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const run = (n: number, spread: number) => {
    const one = anEvaluatedRun(rowSet, { error: 0.3, seeds: seeds(n), noise: spread, metrics: values });
    return { ...one, run: { ...one.run, split: { ...one.run.split, repeats: n } } };
  };
  const judged = (n: number, spread: number, max_drop = 0.02) =>
    verdict(
      aDatasetComparison({
        gates: { rmse: { max_drop } },
        baseline: new Map([['random_forest', run(2, 0.01)]]),
        candidate: new Map([['random_forest', run(n, spread)]]),
      }),
    ).gates[0]!;

  it('says so after ten repeats, and not before', () => {
    expect(judged(2, 0.01)).toMatchObject({ outcome: 'pass', reason: 'within_limit' });
    expect(judged(10, 0.01)).toMatchObject({ outcome: 'pass', reason: 'within_limit' });
    expect(judged(10, 0.05, 0.005)).toMatchObject({ outcome: 'fail', reason: 'too_noisy' });
  });
  it('is held against the noise of all runs of the baseline that are known', () => {
    const seedNoise = { variance: 4e-5, df: 60, runs: 8 };
    const before = run(2, 0.01);
    const known = (result: MetricResult) => ({ ...result, history: { seedNoise, values: [] } });
    const metrics = { ...before.run.metrics, rmse: known(before.run.metrics.rmse!) };
    const of = (baseline: EvaluatedRun) =>
      compareModels(baseline, run(10, 0.2), ['rmse']).differences.get('rmse')!.repeated!.baseline.noise;
    expect(of({ ...before, run: { ...before.run, metrics } })).toEqual({ variance: 4e-5, df: 60 });
    expect(of(before)!.df).toBeLessThan(60);
  });
  it('tests with less noise the more repeats there are', () => {
    expect(testOf(judged(10, 0.2)).standardError).toBeLessThan(testOf(judged(2, 0.2)).standardError);
  });
});
