import { describe, expect, it } from 'vitest';
import { aBudget, aDrift, aFloor, aLimit, aVerdict } from '../report/report.fixture.ts';
import { acceptablePoints, judgedValue, lineFor, nameOf, openPoints } from './accept.ts';

const sha = 'a'.repeat(40);
const failed = aLimit({ outcome: 'fail', reason: 'drop_past_limit', value: 0.8212 });
const low = aFloor({ outcome: 'fail', reason: 'below_floor', value: 0.6 });
const evaluationSet = { ...aVerdict().evaluationSets[0]!, outcome: 'fail' as const, gone: 200, relabelled: 43 };

describe('points', () => {
  it.each([
    [failed, 'churn.roc_auc', { value: 0.8212, direction: 'maximize' }],
    [
      { ...failed, trainedOn: 'all_rows' as const },
      'churn.roc_auc.added_rows',
      { value: 0.8212, direction: 'maximize' },
    ],
    [{ ...failed, trainedOn: 'shared_rows' as const }, 'churn.roc_auc', { value: 0.8212, direction: 'maximize' }],
    [
      { ...low, slice: { column: 'Contract', value: 'Two year' } },
      'churn.accuracy@Contract=Two year',
      { value: 0.6, direction: 'maximize' },
    ],
    [aBudget(), 'churn.model_bytes', { value: 1_200_000, direction: 'minimize' }],
    [aDrift({ share: 0.4 }), 'churn.drift', { value: 0.4, direction: 'minimize' }],
    [evaluationSet, 'churn.evaluation', { value: 243, direction: 'minimize' }],
    [{ ...evaluationSet, edited: 7 }, 'churn.evaluation', { value: 250, direction: 'minimize' }],
    [{ ...failed, outcome: 'not_comparable' as const, reason: 'no_baseline' as const }, 'churn.baseline', null],
    [{ ...failed, value: null }, 'churn.roc_auc', null],
    [{ dataset: 'churn', model: null, metric: null, detail: 'x', removed: true as const }, 'churn.removed', null],
  ])('of %o are called %s', (point, name, value) => {
    expect(nameOf(point)).toBe(name);
    expect(judgedValue(point)).toEqual(value);
  });

  it('are acceptable where they do not hold, and open where nobody accepted them', () => {
    const accepted = { ...low, accepted: { by: 'Ada', at: '2026-11-25', because: 'x' } };
    const verdict = aVerdict({ evaluationSets: [evaluationSet], gates: [failed, aFloor(), accepted] });
    expect(acceptablePoints(verdict)).toEqual([evaluationSet, failed, accepted]);
    expect(openPoints(verdict)).toEqual([evaluationSet, failed]);
  });
});

describe('lineFor', () => {
  it('is what a person writes, with dots for the reason', () => {
    expect(lineFor(failed, sha)).toBe(`/accept churn.roc_auc 0.8212 ${sha} …`);
    const slice = { column: 'Contract', value: 'Two year' };
    expect(lineFor({ ...low, slice }, sha, 'x')).toBe(`/accept "churn.accuracy@Contract=Two year" 0.6 ${sha} x`);
    expect(lineFor({ ...failed, reason: 'no_baseline' }, sha)).toBe(`/accept churn.baseline ${sha} …`);
  });
});
