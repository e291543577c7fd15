import { expect, it } from 'vitest';
import { outcomeName, type VerdictOutcome, verdictOutcomeSchema } from '../comparison/outcome.ts';
import { headline } from './headline.ts';
import { MARKS } from './marks.ts';
import { aDataset, aDrift, aFloor, aLimit, anUntestedLimit, aReport, aVerdict } from './report.fixture.ts';
import type { Report } from './report-schema.ts';
import { toTerminal } from './to-terminal.ts';

const accepted = { by: 'Ada', at: '2026-11-25T06:15:00.000Z', because: 'older customers are left out' };
const dropped = aLimit(
  { outcome: 'fail', reason: 'drop_past_limit', value: 0.8212 },
  { drop: 0.02 },
  { adjustedPValue: 0.0001 },
);
const low = aFloor({ outcome: 'fail', reason: 'below_floor', value: 0.69 });
const changed = { ...aVerdict().evaluationSets[0]!, outcome: 'fail' as const, gone: 243 };
const without = (why: Report['datasets'][number]['baseline']) => [aDataset({ baseline: why })];
const judged = (verdict: Parameters<typeof aVerdict>[0], changes: Partial<Report> = {}) =>
  aReport({ verdict: aVerdict(verdict), ...changes });

it.each<[string, Report]>([
  ['✅ All 2 gates pass: churn roc_auc 0.8412 → 0.8434', aReport()],
  ['✅ 1 gate passes: churn roc_auc 0.8412 → 0.8434', judged({ gates: [aFloor()] })],
  ['✅ No gates are set: no metric changed', judged({ gates: [] }, { datasets: [] })],
  ['📋 1 dataset trained, not judged', aReport({ verdict: null })],
  [
    '❌ churn roc_auc (random_forest) dropped by 0.0200 (0.8412 → 0.8212), more than the allowed 0.0050 (p < .001) (and 1 more)',
    judged({ outcome: 'fail', gates: [dropped, low, aLimit()] }),
  ],
  [
    '❌ Incomplete: churn dummy was not trained',
    judged({
      outcome: 'fail',
      missing: [{ dataset: 'churn', model: 'dummy', metric: null, detail: 'was not trained' }],
      evaluationSets: [changed],
    }),
  ],
  [
    '❌ Evaluation set changed: churn: 243 of 7,043 baseline rows were removed',
    judged({ outcome: 'fail', evaluationSets: [changed], gates: [low] }),
  ],
  [
    '❌ churn accuracy (random_forest) is 0.6900, below min: 0.7',
    judged({ outcome: 'fail', evaluationSets: [{ ...changed, accepted }], gates: [{ ...dropped, accepted }, low] }),
  ],
  [
    '❔ Inconclusive: churn roc_auc (random_forest) is 0.8434, but there is no verified baseline',
    judged({
      outcome: 'inconclusive',
      gates: [anUntestedLimit({ outcome: 'inconclusive', reason: 'no_verified_baseline' })],
    }),
  ],
  [
    '🚫 Not comparable: churn: drift cannot be judged, since there is no reference table',
    judged({
      outcome: 'not_comparable',
      gates: [aFloor(), aDrift({ outcome: 'not_comparable', reason: 'no_reference' })],
    }),
  ],
  [
    '☑️ Accepted: churn: 243 of 7,043 baseline rows were removed; accepted by Ada on 2026-11-25: older customers are left out (and 1 more)',
    judged({ evaluationSets: [{ ...changed, accepted }], gates: [{ ...low, accepted }, aLimit()] }),
  ],
  [
    '🌱 First run: there is nothing to compare with yet; the floors hold',
    judged({ gates: [aFloor()] }, { datasets: without({ kind: 'none', why: { reason: 'no_run' } }) }),
  ],
  [
    '🌱 First run: there is nothing to compare with yet',
    judged({ outcome: 'first_run', gates: [] }, { datasets: without({ kind: 'none', why: { reason: 'no_run' } }) }),
  ],
  [
    '🌱 Nothing to compare with: nothing is committed yet',
    judged({ gates: [] }, { datasets: without({ kind: 'none', why: { reason: 'no_commit' } }) }),
  ],
  [
    '📋 Not judged: no git repository',
    {
      ...aReport({ verdict: null }),
      datasets: without({ kind: 'none', why: { reason: 'no_repository', why: 'no git repository', next: 'clone it' } }),
    },
  ],
  ['💤 Nothing to merge, so nothing was judged', judged({ outcome: 'nothing_to_merge', gates: [] }, { datasets: [] })],
  [
    '🛑 Error: file not found',
    judged({ outcome: 'error', gates: [] }, { errors: [{ file: 'mlops.yml', message: 'file not found' }] }),
  ],
])('the headline is %s', (text, report) => {
  expect(toTerminal(headline(report))).toBe(text);
});

it('there is one for every outcome, with a mark of its own', () => {
  const lines = verdictOutcomeSchema.options.map((outcome) => toTerminal(headline(judged({ outcome }))));
  expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(lines.length);
  expect(Object.keys(MARKS)).toEqual([...verdictOutcomeSchema.options, 'accepted', 'not_judged'] satisfies string[]);
  for (const outcome of verdictOutcomeSchema.options)
    expect(outcomeName(outcome satisfies VerdictOutcome)).not.toContain('_');
});
