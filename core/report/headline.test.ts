import { expect, it } from 'vitest';
import { outcomeName, type VerdictOutcome, verdictOutcomeSchema } from '../comparison/outcome.ts';
import { headline } from './headline.ts';
import { MARKS } from './marks.ts';
import {
  aDataset,
  aDrift,
  aFloor,
  aLimit,
  aMetric,
  aModel,
  anUntestedLimit,
  aReport,
  aVerdict,
} from './report.fixture.ts';
import type { Report } from './report-schema.ts';
import { toTerminal } from './to-terminal.ts';

const accepted = {
  by: 'Ada',
  at: '2026-11-25T06:15:00.000Z',
  because: 'older customers are left out',
  url: 'https://github.com/org/repo/pull/7#issuecomment-1',
};
const dropped = aLimit(
  { outcome: 'fail', reason: 'drop_past_limit', value: 0.8212 },
  { drop: 0.02 },
  { adjustedPValue: 0.0001 },
);
const low = aFloor({ outcome: 'fail', reason: 'below_floor', value: 0.69 });
const changed = { ...aVerdict().evaluationSets[0]!, outcome: 'fail' as const, gone: 243 };
const without = (why: Report['datasets'][number]['baseline']) => [aDataset({ baseline: why })];
const doubtful = aLimit(
  { outcome: 'inconclusive', reason: 'drop_not_proved', value: 0.834 },
  { drop: 0.0072 },
  { adjustedPValue: 0.2 },
);
const notRecorded = { reason: 'not_recorded', commits: 1, from: 'a1b2c3d'.padEnd(40, '0') } as const;
const unchanged = (dataset: string) => ({ dataset, base: 'a1b2c3d'.padEnd(40, '0'), inputs: ['a.csv', 'b.csv'] });
const removed = {
  dataset: 'fraud',
  model: null,
  metric: null,
  detail: 'was removed from mlops.yml',
  removed: true,
} as const;
const reused = aReport().datasets.map((dataset) => ({ ...dataset, reused: true as const }));
const judged = (verdict: Parameters<typeof aVerdict>[0], changes: Partial<Report> = {}) =>
  aReport({ verdict: aVerdict(verdict), ...changes });

const withMetrics = (...metrics: ReturnType<typeof aMetric>[]) =>
  aReport({ datasets: [aDataset({ models: [aModel({ metrics })] })] });

it.each<[string, Report]>([
  ['✅ All 2 gates pass: churn roc_auc 0.8412 → 0.8434', aReport()],
  ['✅ 1 gate passes: churn roc_auc 0.8412 → 0.8434', judged({ gates: [aFloor()] })],
  [
    '✅ All 2 gates pass: churn roc_auc 0.8412 → 0.8434. Somebody altered the record of one (and 1 more) on the branch of runs',
    aReport({ datasets: [aDataset({ notes: ['one', 'two'].map((run) => ({ note: 'record_altered', run })) })] }),
  ],
  ['✅ No gates are set: no metric changed', judged({ gates: [] }, { datasets: [] })],
  [
    '✅ All 2 gates pass: churn roc_auc 0.8412 → 0.8434, churn f1 0.6000 → 0.1300 (no limit is set)',
    withMetrics(aMetric('roc_auc', 0.8434, 0.8412), aMetric('f1', 0.13, 0.6), aMetric('recall', 0.4, 0.5)),
  ],
  [
    '✅ All 2 gates pass: churn roc_auc 0.8412 → 0.8434',
    withMetrics(aMetric('roc_auc', 0.8434, 0.8412), aMetric('f1', 0.59, 0.6)),
  ],
  [
    '✅ All 2 gates pass: churn f1 0.6000 → 0.5900 (no limit is set)',
    withMetrics(aMetric('roc_auc', 0.8412, 0.8412), aMetric('f1', 0.59, 0.6)),
  ],
  [
    '✅ All 2 gates pass: churn roc_auc 0.8455 (gradient_boosting) → 0.8262 (random_forest)',
    aReport({
      datasets: [
        aDataset({
          selectionChange: {
            before: { model: 'gradient_boosting', value: 0.8455 },
            after: { model: 'random_forest', value: 0.8262 },
          },
          models: [aModel({ metrics: [aMetric('roc_auc', 0.8262, 0.8262)] })],
        }),
      ],
    }),
  ],
  ['📋 1 dataset trained, not judged', aReport({ verdict: null })],
  ['📋 1 dataset reused, not judged', aReport({ verdict: null, datasets: reused })],
  [
    '📋 1 dataset trained, 1 reused, not judged',
    aReport({ verdict: null, datasets: [...aReport().datasets, ...reused] }),
  ],
  [
    '❌ churn roc_auc (random_forest) dropped by 0.0200 (0.8412 → 0.8212), more than the allowed 0.0050 (p < .001) (and 1 more). If that is intended: mlops accept churn.roc_auc',
    judged({ outcome: 'fail', gates: [dropped, low, aLimit()] }),
  ],
  [
    '❌ Incomplete: churn dummy was not trained. To mend it: mlops train. If that is intended: mlops accept churn.dummy.removed',
    judged({
      outcome: 'fail',
      missing: [{ dataset: 'churn', model: 'dummy', metric: null, detail: 'was not trained' }],
      evaluationSets: [changed],
    }),
  ],
  [
    "❌ churn accuracy on Contract=It's new (random_forest) is 0.6900, below min: 0.7. If that is intended: mlops accept 'churn.accuracy@Contract=It'\\''s new'",
    judged({ outcome: 'fail', gates: [{ ...low, slice: { column: 'Contract', value: "It's new" } }] }),
  ],
  [
    '❌ Evaluation set changed: churn: 243 of 7,043 baseline rows were removed. If that is intended: mlops accept churn.evaluation',
    judged({ outcome: 'fail', evaluationSets: [changed], gates: [low] }),
  ],
  [
    '❌ churn accuracy (random_forest) is 0.6900, below min: 0.7. If that is intended: mlops accept churn.accuracy',
    judged({ outcome: 'fail', evaluationSets: [{ ...changed, accepted }], gates: [{ ...dropped, accepted }, low] }),
  ],
  [
    '❔ Inconclusive: churn roc_auc (random_forest) dropped by 0.0072 (0.8412 → 0.8340), more than the allowed 0.0050, but this may be chance (p = .20)',
    judged({ outcome: 'inconclusive', gates: [doubtful] }),
  ],
  [
    '❌ Inconclusive, and on_inconclusive: fail is set: churn roc_auc (random_forest) dropped by 0.0072 (0.8412 → 0.8340), more than the allowed 0.0050, but this may be chance (p = .20). If that is intended: mlops accept churn.roc_auc',
    judged({ outcome: 'inconclusive', gates: [doubtful] }, { stopsMerge: true }),
  ],
  [
    '🚫 Not comparable: no run is recorded for a1b2c3d. To mend it, run the workflow on the default branch once, or name a commit that has a run as baseline.champion',
    judged(
      { outcome: 'not_comparable', gates: [anUntestedLimit({ outcome: 'not_comparable', reason: 'no_baseline' })] },
      { datasets: without({ kind: 'none', why: notRecorded }) },
    ),
  ],
  [
    '🌱 First comparable run: no run is recorded for a1b2c3d',
    judged(
      { outcome: 'not_comparable', gates: [anUntestedLimit({ outcome: 'not_comparable', reason: 'no_baseline' })] },
      { subject: 'tracked_branch', datasets: without({ kind: 'none', why: notRecorded }) },
    ),
  ],
  [
    '🚫 Not comparable: churn: drift cannot be judged, since there is no second table. If that is intended: mlops accept churn.drift',
    judged({
      outcome: 'not_comparable',
      gates: [aFloor(), aDrift({ outcome: 'not_comparable', reason: 'no_reference' })],
    }),
  ],
  [
    '☑️ Accepted: churn: 243 of 7,043 baseline rows were removed; accepted by Ada in a comment (https://github.com/org/repo/pull/7#issuecomment-1) on 2026-11-25: older customers are left out (and 1 more)',
    judged({ evaluationSets: [{ ...changed, accepted }], gates: [{ ...low, accepted }, aLimit()] }),
  ],
  [
    '☑️ Accepted without a comparison: churn roc_auc (random_forest) is 0.8434, but there is no baseline to compare it with; accepted by Ada in a comment (https://github.com/org/repo/pull/7#issuecomment-1) on 2026-11-25: older customers are left out',
    judged({
      evaluationSets: [{ ...changed, accepted }],
      gates: [anUntestedLimit({ outcome: 'not_comparable', reason: 'no_baseline', accepted })],
    }),
  ],
  [
    '🌱 First run: there is nothing to compare with yet; the floors hold',
    judged(
      { outcome: 'first_run', gates: [aFloor()] },
      { datasets: without({ kind: 'none', why: { reason: 'no_run' } }) },
    ),
  ],
  [
    '🌱 First run: there is nothing to compare with yet',
    judged({ outcome: 'first_run', gates: [] }, { datasets: without({ kind: 'none', why: { reason: 'no_run' } }) }),
  ],
  [
    '💤 Nothing to merge, not judged: this commit is already on main',
    judged({ outcome: 'nothing_to_merge', gates: [] }, { datasets: [], notJudged: 'this commit is already on main' }),
  ],
  ['📋 Not judged: no git repository', aReport({ verdict: null, notJudged: 'no git repository' })],
  [
    '✅ No input changed since a1b2c3d: compared the configuration and 2 files of churn, fraud',
    judged({ gates: [], evaluationSets: [], unchanged: [unchanged('churn'), unchanged('fraud')] }, { datasets: [] }),
  ],
  [
    '✅ 1 gate passes: churn roc_auc 0.8412 → 0.8434; no input of fraud changed',
    judged({ gates: [aLimit()], unchanged: [unchanged('fraud')] }),
  ],
  [
    '❌ Incomplete: fraud was removed from mlops.yml. If that is intended: mlops accept fraud.removed',
    judged({ outcome: 'fail', missing: [removed] }),
  ],
  [
    '☑️ Accepted: fraud was removed from mlops.yml; accepted by Ada in a comment (https://github.com/org/repo/pull/7#issuecomment-1) on 2026-11-25: older customers are left out',
    judged({ missing: [{ ...removed, accepted }] }),
  ],
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
