import { describe, expect, it } from 'vitest';
import type { Gate } from '../gates/gate-schema.ts';
import type { EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun } from './evaluated-run.fixture.ts';
import type { LimitGate } from './gate-result.ts';
import { aDatasetComparison, rowSet, values, verdict } from './judge.fixture.ts';
import { type FailedPush, provedDrops, withEarlierPushes } from './pushed-again.ts';

/** A forest whose rmse is about √(.25 + noise²). */
const run = (noise: number, seed = 1) => anEvaluatedRun(rowSet, { noise, seeds: [seed], metrics: values });
const pushed = (candidate: EvaluatedRun, gates: Record<string, Gate> = { rmse: { max_drop: 0.07 } }) =>
  aDatasetComparison({
    gates,
    baseline: new Map([['random_forest', run(0)]]),
    candidate: new Map([['random_forest', candidate]]),
  });
/** A push as it failed. */
const failed = (candidate: EvaluatedRun, sha = 'a'.repeat(40)): FailedPush[] =>
  provedDrops(verdict(pushed(candidate))).map((gate) => ({ sha, gate, evaluatedRun: candidate }));
const judged = (candidate: EvaluatedRun, earlier: readonly FailedPush[], gates?: Record<string, Gate>) => {
  const dataset = pushed(candidate, gates);
  return withEarlierPushes(verdict(dataset), [dataset], earlier);
};
const limitOf = (...args: Parameters<typeof judged>) => judged(...args).gates[0] as LimitGate;

const bad = run(0.3, 2);
const lucky = run(0.27, 4);
const repaired = run(0.05, 3);

describe('withEarlierPushes', () => {
  it('changes nothing where no push failed', () => {
    expect(failed(bad)).toHaveLength(1);
    expect(failed(lucky)).toHaveLength(0);
    expect(judged(lucky, [])).toMatchObject({ outcome: 'pass', gates: [{ reason: 'drop_within_limit' }] });
  });

  it('does not let a push pass that is only luckier than one that failed', () => {
    const verdict = judged(lucky, failed(bad));
    expect(verdict.outcome).toBe('fail');
    const [gate] = verdict.gates as [LimitGate];
    expect(gate).toMatchObject({
      ...{ outcome: 'fail', reason: 'pushed_again' },
      earlierPush: { sha: 'a'.repeat(40), others: 0 },
    });
    const { gain, standardError, pValue } = gate.earlierPush!;
    expect(gain).toBeGreaterThan(0);
    expect(gain! / standardError!).toBeLessThan(1.65);
    expect(pValue).toBeGreaterThan(0.05);
  });

  it('lets a push pass that is better than the one that failed', () => {
    expect(judged(repaired, failed(bad))).toMatchObject({ outcome: 'pass', gates: [{ reason: 'within_limit' }] });
  });

  it('asks it to be better than each, and names the one that is hardest to beat', () => {
    const near = failed(run(0.27, 7), 'b'.repeat(40));
    expect(near).toHaveLength(1);
    const gate = limitOf(lucky, [...failed(bad), ...near, ...failed(run(0.6, 5), 'c'.repeat(40))]);
    expect(gate).toMatchObject({ reason: 'pushed_again', earlierPush: { sha: 'b'.repeat(40), others: 1 } });
  });

  it('lets a push pass that predicts what the baseline does', () => {
    // Even beside one that failed by a rule of its own, and whose predictions are the same.
    const earlier = failed(bad).map((push) => ({ ...push, evaluatedRun: run(0) }));
    expect(limitOf(run(0), earlier)).toMatchObject({ outcome: 'pass', reason: 'within_limit' });
    expect(limitOf(run(0.01), earlier)).toMatchObject({ outcome: 'fail', reason: 'pushed_again' });
    // In one of two repeats.
    const { run: record, predictions } = run(0);
    const [same] = predictions!.evidence.repeats;
    const other = run(0.01).predictions!.evidence.repeats[0]!;
    const evidence = { ...predictions!.evidence, repeats: [same!, other] };
    const half = { run: record, predictions: { ...predictions!, evidence } };
    expect(limitOf(half, earlier)).toMatchObject({ outcome: 'fail', reason: 'pushed_again' });
  });

  it('leaves what fails now as it is', () => {
    expect(limitOf(bad, failed(bad))).toMatchObject({ outcome: 'fail', reason: 'drop_past_limit' });
  });

  it.each<[string, Partial<LimitGate>, string]>([
    ['of the model without the added rows', { trainedOn: 'shared_rows' }, 'pass'],
    ['of the model with them', { trainedOn: 'all_rows' }, 'fail'],
    ['that cannot be compared', { outcome: 'not_comparable' }, 'not_comparable'],
    ['of another slice', { slice: { column: 'a', value: 'b' } }, 'pass'],
  ])('looks at the model that will be merged: a limit %s', (_, changes, outcome) => {
    const dataset = pushed(lucky);
    const before = verdict(dataset);
    const gates = before.gates.map((gate) => ({ ...gate, ...changes }) as LimitGate);
    expect(withEarlierPushes({ ...before, gates }, [dataset], failed(bad)).gates[0]).toMatchObject({ outcome });
  });

  it('does not let a doubt pass either', () => {
    const strict: Record<string, Gate> = { rmse: { max_drop: 0.07, require: 'non_inferior' } };
    expect(limitOf(lucky, [], strict)).toMatchObject({ outcome: 'inconclusive' });
    expect(limitOf(lucky, failed(run(0.6, 7)), strict)).toMatchObject({ outcome: 'inconclusive' });
    expect(limitOf(lucky, failed(bad), strict)).toMatchObject({ outcome: 'fail', reason: 'pushed_again' });
  });

  it('forgets a drop that the rules allow by now, and limits of another metric', () => {
    expect(limitOf(lucky, failed(bad), { rmse: { max_drop: 0.2 } })).toMatchObject({ outcome: 'pass' });
    expect(limitOf(lucky, failed(bad), { r2: { max_drop: 0.9 } })).toMatchObject({ outcome: 'pass' });
  });

  it('fails where the two cannot be compared', () => {
    const bare = { ...bad, predictions: null, run: { ...bad.run, metrics: {} } };
    const earlier = failed(bad).map((push) => ({ ...push, evaluatedRun: bare }));
    expect(limitOf(lucky, earlier).earlierPush).toEqual({
      ...{ sha: 'a'.repeat(40), others: 0 },
      ...{ gain: null, standardError: null, pValue: null },
    });
  });
});

describe('provedDrops', () => {
  const [gate] = failed(bad).map((push) => push.gate) as [LimitGate];
  it.each<[string, Partial<LimitGate>, number]>([
    ['a drop that was proved', {}, 1],
    ['what added rows do', { reason: 'added_rows' }, 1],
    ['what was accepted', { accepted: { by: 'Ada', at: '2026-11-25', because: 'known' } }, 0],
    ['a doubt', { outcome: 'inconclusive', reason: 'drop_not_proved' }, 0],
    ['what says that it passed', { outcome: 'pass' }, 0],
    ['a value that is missing', { reason: 'missing' }, 0],
    ['an earlier push that was not beaten', { reason: 'pushed_again' }, 0],
  ])('counts %s: %#', (_, changes, count) => {
    expect(provedDrops({ gates: [{ ...gate, ...changes }] })).toHaveLength(count);
  });
});
