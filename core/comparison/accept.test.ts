import { describe, expect, it } from 'vitest';
import { aBudget, aDrift, aFloor, aLimit, aVerdict } from '../report/report.fixture.ts';
import { anAcceptance } from '../tracking/acceptance.fixture.ts';
import { nameOf, openPoints, statedBy, withAcceptances } from './accept.ts';

const sha = 'a'.repeat(40);
const failed = aLimit({ outcome: 'fail', reason: 'drop_past_limit', value: 0.8212 });
const low = aFloor({ outcome: 'fail', reason: 'below_floor', value: 0.6 });
const evaluationSet = { ...aVerdict().evaluationSets[0]!, outcome: 'fail' as const, gone: 200, relabelled: 43 };
const verdict = aVerdict({ outcome: 'fail', gates: [failed, aFloor()] });

describe('withAcceptances', () => {
  it('lets a gate that was accepted for this commit and value no longer count, and keeps what it came to', () => {
    const found = withAcceptances(verdict, [anAcceptance()], [sha]);
    expect(found.verdict.outcome).toBe('pass');
    expect(found.verdict.gates[0]).toMatchObject({ outcome: 'fail', accepted: { by: 'Ada' } });
    expect(found.verdict.gates[1]).not.toHaveProperty('accepted');
    expect(found.warnings).toEqual([]);
  });

  it.each([
    [
      'another commit',
      anAcceptance({ sha: 'b'.repeat(40) }),
      ['churn.roc_auc was accepted by Ada for bbbbbbb, not for this commit'],
    ],
    ['another value', anAcceptance({ value: 0.8 }), ['churn.roc_auc was accepted by Ada with another value (0.8)']],
    ['another gate', anAcceptance({ gate: 'churn.f1' }), []],
    ['another kind of gate', anAcceptance({ kind: 'floor' }), []],
    [
      'a value that is none',
      anAcceptance({ value: null }),
      ['churn.roc_auc was accepted by Ada with another value (null)'],
    ],
  ])('does nothing of one for %s', (_, acceptance, warnings) => {
    const found = withAcceptances(verdict, [acceptance], [sha]);
    expect(found.verdict).toEqual(verdict);
    expect(found.warnings).toEqual(warnings);
  });

  it('fails still where something else fails, or is missing', () => {
    const both = aVerdict({ outcome: 'fail', gates: [failed, low] });
    expect(withAcceptances(both, [anAcceptance()], [sha]).verdict.outcome).toBe('fail');
    const missing = [{ dataset: 'churn', model: 'dummy', metric: null, detail: 'was not trained' }];
    expect(withAcceptances({ ...verdict, missing }, [anAcceptance()], [sha]).verdict.outcome).toBe('fail');
  });

  it('accepts each thing that is missing by its own name, and never that nothing is expected', () => {
    const gone = { dataset: 'churn', model: null, metric: null, detail: 'was removed' };
    const outcomeOf = (missing: object, gate: string) => {
      const acceptance = anAcceptance({ gate, kind: 'removed', value: null });
      return withAcceptances(
        { ...aVerdict(), outcome: 'fail', missing: [{ ...gone, ...missing }] },
        [acceptance],
        [sha],
      ).verdict.outcome;
    };
    expect(outcomeOf({ removed: true }, 'churn.removed')).toBe('pass');
    expect(outcomeOf({ detail: 'no model is expected' }, 'churn.removed')).toBe('fail');
    expect(outcomeOf({ model: 'custom' }, 'churn.custom.removed')).toBe('pass');
    expect(outcomeOf({ model: 'custom' }, 'churn.removed')).toBe('fail');
    expect(outcomeOf({ model: 'custom', metric: 'f1' }, 'churn.custom.f1.removed')).toBe('pass');
    expect(outcomeOf({ model: 'custom', metric: 'f1' }, 'churn.custom.removed')).toBe('fail');
  });

  it('accepts changed data by how many rows changed', () => {
    const changed = aVerdict({ outcome: 'fail', evaluationSets: [evaluationSet] });
    const acceptance = (value: number) => anAcceptance({ gate: 'churn.evaluation', kind: 'evaluation', value });
    expect(withAcceptances(changed, [acceptance(243)], [sha]).verdict.outcome).toBe('pass');
    expect(withAcceptances(changed, [acceptance(244)], [sha]).verdict.outcome).toBe('fail');
  });

  it('accepts what is open too, and the head of a pull request whose merge was judged', () => {
    for (const outcome of ['inconclusive', 'not_comparable'] as const) {
      const open = aVerdict({ outcome, gates: [{ ...failed, outcome }] });
      expect(withAcceptances(open, [anAcceptance()], ['b'.repeat(40), sha]).verdict.outcome).toBe('pass');
    }
  });
});

describe('names', () => {
  it.each([
    [failed, 'churn.roc_auc', 'limit', 0.8212],
    [{ ...low, slice: { column: 'Contract', value: 'Two year' } }, 'churn.accuracy@Contract=Two year', 'floor', 0.6],
    [aBudget(), 'churn.model_bytes', 'budget', 1_200_000],
    [aDrift({ share: 0.4 }), 'churn.drift', 'drift', 0.4],
    [evaluationSet, 'churn.evaluation', 'evaluation', 243],
    [
      { ...failed, outcome: 'not_comparable' as const, reason: 'no_baseline' as const },
      'churn.baseline',
      'baseline',
      null,
    ],
  ])('of %o is %s', (point, name, kind, value) => {
    expect(nameOf(point)).toBe(name);
    expect(statedBy(point)).toEqual({ gate: name, kind, value });
  });

  it('are those of what does not hold', () => {
    expect(openPoints(aVerdict({ evaluationSets: [evaluationSet], gates: [failed, aFloor(), low] }))).toEqual([
      evaluationSet,
      failed,
      low,
    ]);
  });
});
