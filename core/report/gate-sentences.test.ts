import { describe, expect, it } from 'vitest';
import type { BudgetGateResult, DriftGate, FloorGate, GateResult, LimitGate } from '../comparison/gate-result.ts';
import type { EvaluationSetResult, Missing } from '../comparison/verdict.ts';
import { everyReasonNotTimed } from './baseline.fixture.ts';
import { evaluationSetSentence, gateSentence, missingSentence } from './gate-sentences.ts';
import { renderMarkdown } from './markdown.ts';
import { aBudget, aDrift, aFloor, aLimit, anUntestedLimit, aReport, aVerdict } from './report.fixture.ts';
import { toMarkdown } from './to-markdown.ts';

const slice = { column: 'Contract', value: 'Two|year <b>' };
const cost = (changes: Partial<BudgetGateResult>) =>
  aBudget({ budget: 'fit_cpu_seconds', value: 3.1, baseline: 2, written: 'max_rise: 50%', allowed: 3, ...changes });

/** Two models that were timed in turn. */
const inTurn = (adjustedPValue: number): BudgetGateResult['inTurn'] => ({
  ...{ ratio: 1.55, ci: [1.4321, 1.6777], standardError: 0.0285, degreesOfFreedom: 4 },
  ...{ logRatios: [0.37, 0.45, 0.4, 0.51, 0.46], pValue: adjustedPValue / 2, adjustedPValue },
});

/** Each reason of each kind once: a reason without a sentence here does not compile. */
const floors: Readonly<Record<FloorGate['reason'], FloorGate>> = {
  above_floor: aFloor(),
  below_floor: aFloor({ reason: 'below_floor', outcome: 'fail', value: 0.69 }),
  not_made_worse: aFloor({ reason: 'not_made_worse', value: 0.69 }),
  self_reported: aFloor({ reason: 'self_reported', outcome: 'not_comparable' }),
  test_set_alone: aFloor({ reason: 'test_set_alone', outcome: 'inconclusive' }),
  slice_too_small: aFloor({ reason: 'slice_too_small', slice, value: null }),
  missing: aFloor({ reason: 'missing', outcome: 'fail', value: null, model: null }),
};
const limits: Readonly<Record<LimitGate['reason'], LimitGate>> = {
  within_limit: aLimit(),
  drop_within_limit: aLimit(
    { reason: 'drop_within_limit', value: 0.8372 },
    { drop: 0.004 },
    { adjustedPValue: 0.0004 },
  ),
  drop_past_limit: aLimit(
    { reason: 'drop_past_limit', outcome: 'fail', value: 0.8212 },
    { drop: 0.02 },
    { adjustedPValue: 0.0001 },
  ),
  pushed_again: aLimit(
    {
      ...{ reason: 'pushed_again', outcome: 'fail', value: 0.8452 },
      earlierPush: { sha: 'a1b2c3d4e5'.repeat(4), gain: 0.004, standardError: 0.003, pValue: 0.0915, others: 0 },
    },
    { drop: -0.004 },
  ),
  added_rows: aLimit(
    {
      ...{ reason: 'added_rows', outcome: 'fail', value: 0.8212 },
      ...{ trainedOn: 'all_rows', addedRows: { drop: 0.018, gain: 0.03 } },
    },
    { drop: 0.02 },
    { adjustedPValue: 0.0001 },
  ),
  added_rows_unknown: aLimit({ reason: 'added_rows_unknown', outcome: 'not_comparable' }),
  drop_not_proved: aLimit(
    { reason: 'drop_not_proved', outcome: 'inconclusive', value: 0.8212 },
    { drop: 0.02 },
    { adjustedPValue: 0.04 },
  ),
  not_non_inferior: aLimit({ reason: 'not_non_inferior', outcome: 'inconclusive' }),
  noise_unknown: aLimit({
    ...{ reason: 'noise_unknown', outcome: 'inconclusive', value: 0.8212 },
    compared: { baseline: 0.8412, drop: 0.02, pairing: 'key', test: null },
  }),
  too_noisy: aLimit({ reason: 'too_noisy', outcome: 'fail', value: 0.8212 }, { drop: 0.02 }, { adjustedPValue: 0.04 }),
  too_few_in_time: aLimit({
    ...{ reason: 'too_few_in_time', outcome: 'inconclusive', value: 0.8212 },
    compared: {
      ...{ baseline: 0.8412, drop: 0.02, pairing: 'key', test: null },
      tooFew: { rows: 300, tau: 11.3, needed: 565 },
    },
  }),
  self_reported: anUntestedLimit({ reason: 'self_reported', outcome: 'not_comparable' }),
  test_set_alone: aLimit({ reason: 'test_set_alone', outcome: 'inconclusive' }),
  slice_too_small: anUntestedLimit({ reason: 'slice_too_small', slice, value: null }),
  slice_unpaired: anUntestedLimit({ reason: 'slice_unpaired', outcome: 'not_comparable', slice }),
  first_run: anUntestedLimit({ reason: 'first_run' }),
  new_model: anUntestedLimit({ reason: 'new_model', outcome: 'not_comparable' }),
  new_metric: anUntestedLimit({ reason: 'new_metric', outcome: 'not_comparable' }),
  no_baseline: anUntestedLimit({ reason: 'no_baseline', outcome: 'not_comparable' }),
  missing: anUntestedLimit({ reason: 'missing', outcome: 'fail', value: null }),
};
const budgets: Readonly<Record<BudgetGateResult['reason'], BudgetGateResult>> = {
  within_budget: aBudget(),
  over_budget: cost({ reason: 'over_budget', outcome: 'fail' }),
  rise_not_proved: cost({
    ...{ reason: 'rise_not_proved', outcome: 'inconclusive', budget: 'predict_microseconds', inTurn: inTurn(0.0412) },
  }),
  over_budget_elsewhere: cost({
    reason: 'over_budget_elsewhere',
    outcome: 'inconclusive',
    budget: 'predict_microseconds',
  }),
  measured_apart: cost({
    ...{ reason: 'measured_apart', outcome: 'inconclusive', written: 'max_rise: 60%', allowed: 3.2 },
    notTimed: { obstacle: 'not_allowed' },
  }),
  too_short_to_time: cost({ reason: 'too_short_to_time', outcome: 'inconclusive', budget: 'predict_microseconds' }),
  cost_not_measured: cost({
    ...{ reason: 'cost_not_measured', outcome: 'not_comparable', bound: 'max', written: 'max: 60' },
    ...{ value: null, allowed: 60, baseline: null },
  }),
  first_run: cost({ reason: 'first_run', baseline: null, allowed: null }),
  no_baseline: cost({
    ...{ reason: 'no_baseline', outcome: 'not_comparable', baseline: null, allowed: null },
  }),
  missing: cost({ reason: 'missing', outcome: 'fail', model: null, value: null, baseline: null, allowed: null }),
};
const drifts: Readonly<Record<DriftGate['reason'], DriftGate>> = {
  within_share: aDrift(),
  past_share: aDrift({ reason: 'past_share', outcome: 'fail', moved: [...'abcde', '<b>|`x`', '@team'], share: 7 / 21 }),
  no_reference: aDrift({ reason: 'no_reference', outcome: 'not_comparable', columns: 0, moved: [], share: null }),
  too_few_rows: aDrift({ reason: 'too_few_rows', outcome: 'inconclusive', moved: [], share: null }),
};

/** What the same reasons say besides. */
const others: readonly GateResult[] = [
  cost({ reason: 'over_budget', outcome: 'fail', inTurn: inTurn(0.0002) }),
  cost({ ...{ reason: 'within_budget', written: 'max_rise: 60%', allowed: 3.2 }, inTurn: inTurn(0.0002) }),
  cost({ ...{ reason: 'within_budget', written: 'max_rise: 60%', allowed: 3.2 } }),
  aLimit(
    { reason: 'drop_past_limit', outcome: 'fail', metric: 'rmse', direction: 'minimize', value: 0.52 },
    { baseline: 0.5, drop: 0.02 },
    { adjustedPValue: 0.0001 },
  ),
  aLimit({ metric: 'rmse', direction: 'minimize', value: 0.49 }, { baseline: 0.5, drop: -0.01 }),
  { ...limits.drop_past_limit, slice },
  aLimit(
    { reason: 'drop_not_proved', outcome: 'inconclusive', metric: 'f1', value: 0.76, allowed: 0.03 },
    { baseline: 0.8, drop: 0.04 },
    {
      ...{ adjustedPValue: 0.2, standardError: 0.04, earlierError: 0.05 },
      undecided: { counted: { n: 20, of: 'rarest_class' }, needed: 240, limit: 0.1 },
    },
  ),
  aLimit(
    { reason: 'not_non_inferior', outcome: 'inconclusive' },
    {},
    {
      undecided: { counted: { n: 7, of: 'clusters' }, needed: 1800, limit: null },
    },
  ),
  anUntestedLimit({ reason: 'missing', outcome: 'fail', value: 0.7427 }),
  { ...limits.drop_past_limit, rivals: ['gradient_boosting', 'bagging'] },
  aLimit({
    ...{ reason: 'too_few_in_time', outcome: 'inconclusive' },
    compared: {
      ...{ baseline: 0.8412, drop: 0.02, pairing: 'key', test: null },
      tooFew: { rows: 1000, tau: 1, needed: 50 },
    },
  }),
  aLimit({ written: 'max_drop: 2%', allowed: 0.0168 }),
  aLimit(
    { written: 'max_drop: 2%', allowed: 0.0008, shareOf: 'noise', value: 0.004 },
    { baseline: 0.001, drop: -0.003 },
  ),
  anUntestedLimit({ reason: 'first_run', written: 'max_drop: 2%', allowed: null }),
  aFloor({ isNear: true, value: 0.7012 }),
  aFloor({ reason: 'below_floor', outcome: 'fail', value: 0.6989, isNear: true }),
  aFloor({
    ...{ reason: 'below_floor', outcome: 'fail', metric: 'rmse', direction: 'minimize', bound: 'max' },
    ...{ written: 'max: 0.5', allowed: 0.5, value: 0.61 },
  }),
  { ...limits.self_reported, outcome: 'fail' },
  aBudget({ bound: 'max', baseline: null, written: 'max: 2000000', allowed: 2_000_000 }),
  {
    ...limits.pushed_again,
    earlierPush: { ...limits.pushed_again.earlierPush!, gain: -0.001, pValue: 0.6, others: 2 },
  },
  {
    ...limits.pushed_again,
    earlierPush: { ...limits.pushed_again.earlierPush!, gain: null, standardError: null, pValue: null },
  },
];

/** Why times were measured apart. */
const apart = Object.values(everyReasonNotTimed).map((notTimed) =>
  cost({ reason: 'over_budget_elsewhere', outcome: 'inconclusive', notTimed }),
);

const accepted = {
  by: 'Ada | <b> @team',
  at: '2026-11-25T06:15:00.000Z',
  because: 'older `customers` are left out, see #42',
};
const evaluationSet: EvaluationSetResult = { ...aVerdict().evaluationSets[0]!, outcome: 'fail' };
const evaluationSets: readonly EvaluationSetResult[] = [
  { ...evaluationSet, outcome: 'pass' },
  { ...evaluationSet, gone: 1 },
  { ...evaluationSet, gone: 243 },
  { ...evaluationSet, relabelled: 1 },
  { ...evaluationSet, gone: 243, relabelled: 120 },
  { ...evaluationSet, gone: 243, targetsUnknown: true },
  { ...evaluationSet, gone: 243, accepted },
];

const missing: readonly Missing[] = [
  {
    dataset: 'all',
    model: null,
    metric: null,
    detail: 'no dataset is expected, so nothing was judged: list one in `datasets` of mlops.yml',
  },
  { dataset: 'churn', model: null, metric: null, detail: 'no model is expected: list one in `models` of mlops.yml' },
  { dataset: 'churn', model: 'dummy', metric: null, detail: 'was not trained' },
  { dataset: 'churn', model: 'dummy', metric: 'roc_auc', detail: 'was not measured' },
];

const titled = (kind: string, gates: Readonly<Record<string, GateResult>>) =>
  Object.entries(gates).map(([reason, gate]): [string, readonly GateResult[]] => [`${kind} ${reason}`, [gate]]);

describe('what the report says of gates', () => {
  it('is what the golden file lists', async () => {
    const gates = [
      ...titled('floor', floors),
      ...titled('limit', limits),
      ...titled('budget', budgets),
      ...titled('drift', drifts),
      ['and besides', others] as const,
      ['measured apart', apart] as const,
    ];
    const sections: [string, readonly string[]][] = [
      ...gates.map(([title, each]): [string, string[]] => [title, each.map(gateSentence).map(toMarkdown)]),
      ['accepted', [toMarkdown(gateSentence({ ...floors.below_floor, accepted }))]],
      ['evaluation sets', evaluationSets.map(evaluationSetSentence).map(toMarkdown)],
      ['missing', missing.map(missingSentence).map(toMarkdown)],
    ];
    const text = sections.map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot('golden/gate-sentences.txt');
  });

  it('is in a report what the golden file shows', async () => {
    const every = [floors, limits, budgets, drifts].flatMap((gates): GateResult[] => Object.values(gates));
    const gates = [...every, ...others, { ...floors.below_floor, accepted }];
    const report = aReport({ verdict: aVerdict({ outcome: 'fail', gates }) });
    await expect(renderMarkdown(report)).toMatchFileSnapshot('golden/every-gate.md');
  });
});
