import { describe, expect, it } from 'vitest';
import { aBudget, aFloor, aLimit, aVerdict } from '../report/report.fixture.ts';
import { anAcceptance } from '../tracking/acceptance.fixture.ts';
import { type Acceptances, type Accepted, withAcceptances } from './with-acceptances.ts';

const sha = 'a'.repeat(40);
const failed = aLimit({ outcome: 'fail', reason: 'drop_past_limit', value: 0.8212 });
const low = aFloor({ outcome: 'fail', reason: 'below_floor', value: 0.6 });
const evaluationSet = { ...aVerdict().evaluationSets[0]!, outcome: 'fail' as const, gone: 200, relabelled: 43 };
const verdict = aVerdict({ outcome: 'fail', gates: [failed, aFloor()] });
const by = (accepted: Accepted[], rest: Partial<Acceptances> = {}) => ({ accepted, shas: [sha], notes: [], ...rest });

describe('withAcceptances', () => {
  it('lets a gate that was accepted no longer count, and keeps what it came to', () => {
    const found = withAcceptances(verdict, by([{ ...anAcceptance(), url: 'https://x' }], { notes: ['of another'] }));
    expect(found.verdict.outcome).toBe('pass');
    expect(found.verdict.gates[0]).toMatchObject({ outcome: 'fail', accepted: { by: 'Ada', url: 'https://x' } });
    expect(found.verdict.gates[1]).not.toHaveProperty('accepted');
    expect(found.warnings).toEqual([]);
  });

  it.each([
    ['another commit', { sha: 'b'.repeat(40) }, 'churn.roc_auc was accepted by Ada for bbbbbbb, not for this commit'],
    ['a better value', { value: 0.83 }, 'churn.roc_auc was accepted by Ada at 0.83; it is worse here, 0.8212'],
    ['no value', { value: null }, 'churn.roc_auc was accepted by Ada without a value; it is 0.8212 here'],
    ['another gate', { gate: 'churn.f1' }, 'Ada accepted `churn.f1`, which is not judged here'],
    [
      'a name with an error',
      { gate: 'churn.roc_acu' },
      'Ada accepted `churn.roc_acu`, which is not judged here; did you mean `churn.roc_auc`?',
    ],
  ])('does nothing of one for %s', (_, changes, warning) => {
    const found = withAcceptances(verdict, by([anAcceptance(changes)], { notes: ['and this'] }));
    expect(found.verdict).toEqual(verdict);
    expect(found.warnings).toEqual([warning, 'and this']);
  });

  it('takes a value that is not worse: of what should be large a larger one, of what should be small a smaller one', () => {
    const outcomeAt = (gate: ReturnType<typeof aLimit> | ReturnType<typeof aBudget>, name: string, value: number) =>
      withAcceptances(aVerdict({ outcome: 'fail', gates: [gate] }), by([anAcceptance({ gate: name, value })])).verdict
        .outcome;
    expect(outcomeAt(failed, 'churn.roc_auc', 0.8)).toBe('pass');
    expect(outcomeAt(failed, 'churn.roc_auc', 0.8213)).toBe('fail');
    const budget = aBudget({ outcome: 'fail', reason: 'over_budget', value: 1000 });
    expect(outcomeAt(budget, 'churn.model_bytes', 1001)).toBe('pass');
    expect(outcomeAt(budget, 'churn.model_bytes', 999)).toBe('fail');
  });

  it('fails still where something else fails, or is missing', () => {
    const both = aVerdict({ outcome: 'fail', gates: [failed, low] });
    expect(withAcceptances(both, by([anAcceptance()])).verdict.outcome).toBe('fail');
    const missing = [{ dataset: 'churn', model: 'dummy', metric: null, detail: 'was not trained' }];
    expect(withAcceptances({ ...verdict, missing }, by([anAcceptance()])).verdict.outcome).toBe('fail');
  });

  it('accepts each thing that is missing by its own name, and never that nothing is expected', () => {
    const gone = { dataset: 'churn', model: null, metric: null, detail: 'was removed' };
    const outcomeOf = (missing: object, gate: string) =>
      withAcceptances(
        { ...aVerdict(), outcome: 'fail', missing: [{ ...gone, ...missing }] },
        by([anAcceptance({ gate, value: null })]),
      ).verdict.outcome;
    expect(outcomeOf({ removed: true }, 'churn.removed')).toBe('pass');
    expect(outcomeOf({ detail: 'no model is expected' }, 'churn.removed')).toBe('fail');
    expect(outcomeOf({ model: 'custom' }, 'churn.custom.removed')).toBe('pass');
    expect(outcomeOf({ model: 'custom' }, 'churn.removed')).toBe('fail');
    expect(outcomeOf({ model: 'custom', metric: 'f1' }, 'churn.custom.f1.removed')).toBe('pass');
    expect(outcomeOf({ model: 'custom', metric: 'f1' }, 'churn.custom.removed')).toBe('fail');
  });

  it('accepts changed data up to as many rows', () => {
    const changed = aVerdict({ outcome: 'fail', evaluationSets: [evaluationSet] });
    const outcomeAt = (value: number) =>
      withAcceptances(changed, by([anAcceptance({ gate: 'churn.evaluation', value })])).verdict.outcome;
    expect(outcomeAt(243)).toBe('pass');
    expect(outcomeAt(242)).toBe('fail');
  });

  it('accepts what is open too, and for any of the commits that count', () => {
    for (const outcome of ['inconclusive', 'not_comparable'] as const) {
      const open = aVerdict({ outcome, gates: [{ ...failed, outcome }] });
      const found = withAcceptances(open, by([anAcceptance()], { shas: ['b'.repeat(40), sha] }));
      expect(found.verdict.outcome).toBe('pass');
      expect(withAcceptances(open, by([anAcceptance()], { shas: [] })).verdict.outcome).toBe(outcome);
    }
  });
});
