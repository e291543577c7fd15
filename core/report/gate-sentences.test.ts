import { describe, expect, it } from 'vitest';
import type { EvaluationSetResult, GateReason, GateResult, Missing } from '../comparison/verdict.ts';
import { renderMarkdown } from './markdown.ts';
import { aDataset, aFloor, aGate, aReport, aVerdict } from './report.fixture.ts';
import type { Report } from './report.ts';
import { evaluationSetSentence, gateSentence, headline, missingSentence } from './sentences.ts';

const without = {
  baseline: null,
  drop: null,
  standardError: null,
  pValue: null,
  adjustedPValue: null,
  smallestDrop: null,
};
const slice = { column: 'Contract', value: 'Two|year <b>' };
const cost = { ...without, direction: 'minimize' as const, kind: 'budget' as const, pairing: null };

/** Each reason once; a reason without a sentence here does not compile. */
const gates: Readonly<Record<GateReason, GateResult>> = {
  within_limit: aGate(),
  drop_within_limit: aGate({ reason: 'drop_within_limit', drop: 0.004, value: 0.8372, adjustedPValue: 0.0004 }),
  drop_past_limit: aGate({
    reason: 'drop_past_limit',
    outcome: 'fail',
    drop: 0.02,
    value: 0.8212,
    adjustedPValue: 0.0001,
  }),
  drop_not_proved: aGate({
    reason: 'drop_not_proved',
    outcome: 'inconclusive',
    drop: 0.02,
    value: 0.8212,
    adjustedPValue: 0.04,
  }),
  noise_unknown: aGate({
    ...without,
    reason: 'noise_unknown',
    outcome: 'inconclusive',
    baseline: 0.8412,
    drop: 0.02,
    value: 0.8212,
  }),
  not_non_inferior: aGate({ reason: 'not_non_inferior', outcome: 'inconclusive' }),
  above_floor: aFloor(),
  below_floor: aFloor({ reason: 'below_floor', outcome: 'fail', value: 0.69 }),
  self_reported: aGate({ ...without, reason: 'self_reported', outcome: 'inconclusive' }),
  test_set_alone: aGate({ reason: 'test_set_alone', outcome: 'inconclusive' }),
  within_budget: aGate({
    ...cost,
    reason: 'within_budget',
    metric: 'model_bytes',
    value: 1_200_000,
    baseline: 1_000_000,
    written: 'max_rise: 20%',
    allowed: 1_200_000,
  }),
  over_budget: aGate({
    ...cost,
    reason: 'over_budget',
    outcome: 'fail',
    metric: 'fit_cpu_seconds',
    value: 3.1,
    baseline: 2,
    written: 'max_rise: 50%',
    allowed: 3,
  }),
  over_budget_elsewhere: aGate({
    ...cost,
    reason: 'over_budget_elsewhere',
    outcome: 'inconclusive',
    metric: 'predict_microseconds',
    value: 3.1,
    baseline: 2,
    written: 'max_rise: 50%',
    allowed: 3,
  }),
  cost_not_measured: aGate({
    ...cost,
    reason: 'cost_not_measured',
    outcome: 'inconclusive',
    metric: 'fit_cpu_seconds',
    value: null,
    written: 'max: 60',
    allowed: 60,
  }),
  slice_too_small: aGate({ ...without, reason: 'slice_too_small', slice, value: null }),
  slice_unpaired: aGate({ ...without, reason: 'slice_unpaired', outcome: 'inconclusive', slice }),
  first_run: aGate({ ...without, reason: 'first_run' }),
  new_model: aGate({ ...without, reason: 'new_model' }),
  new_metric: aGate({ ...without, reason: 'new_metric' }),
  no_trusted_baseline: aGate({ ...without, reason: 'no_trusted_baseline', outcome: 'inconclusive' }),
  missing: aGate({ ...without, reason: 'missing', outcome: 'fail', value: null }),
};

/** What the same reasons say besides. */
const others: readonly GateResult[] = [
  aGate({ ...gates.drop_past_limit, metric: 'rmse', direction: 'minimize', baseline: 0.5, value: 0.52 }),
  aGate({ ...gates.drop_past_limit, slice }),
  aFloor({ nearFloor: true, value: 0.7012 }),
  aFloor({ reason: 'below_floor', outcome: 'fail', value: 0.6989, nearFloor: true }),
  aFloor({
    reason: 'below_floor',
    outcome: 'fail',
    metric: 'rmse',
    direction: 'minimize',
    written: 'max: 0.5',
    allowed: 0.5,
    value: 0.61,
  }),
  aGate({ ...gates.self_reported, outcome: 'fail' }),
  aGate({ ...gates.within_budget, baseline: null, written: 'max: 2000000', allowed: 2_000_000 }),
];

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
  { ...evaluationSet, gone: 243, accepted },
];

const missing: readonly Missing[] = [
  { dataset: 'all', model: null, metric: null, detail: 'no data set is expected, so nothing was judged' },
  { dataset: 'churn', model: null, metric: null, detail: 'no model is expected' },
  { dataset: 'churn', model: null, metric: null, detail: 'is no longer in mlops.yml, and still expected by the base' },
  { dataset: 'churn', model: 'dummy', metric: null, detail: 'was not trained' },
  { dataset: 'churn', model: 'dummy', metric: 'roc_auc', detail: 'was not measured' },
  { dataset: 'churn', model: 'dummy', metric: 'roc_auc', detail: 'has no finite value' },
  { dataset: 'churn', model: 'dummy', metric: 'roc_auc', detail: 'was measured on no row' },
];

const judged = (changes: Parameters<typeof aVerdict>[0]): Report => aReport({ verdict: aVerdict(changes) });
const headlines: readonly Report[] = [
  aReport(),
  judged({ gates: [] }),
  aReport({ verdict: null }),
  judged({ outcome: 'fail', gates: [gates.drop_past_limit, gates.below_floor, gates.within_limit] }),
  judged({ outcome: 'inconclusive', gates: [gates.drop_not_proved] }),
  judged({ gates: [{ ...gates.drop_past_limit, accepted }, gates.within_limit] }),
  judged({ evaluationSets: [{ ...evaluationSet, gone: 243, accepted }], gates: [gates.within_limit] }),
  judged({ outcome: 'fail', missing: missing.slice(3, 5) }),
  judged({ outcome: 'fail', evaluationSets: [evaluationSets[2]!] }),
  aReport({
    verdict: aVerdict({ evaluationSets: [], gates: [aFloor()] }),
    datasets: [aDataset({ baseline: { kind: 'none', why: { reason: 'no_run' } } })],
  }),
];

describe('what the report says of gates', () => {
  it('is what the golden file lists', async () => {
    const sections: [string, readonly string[]][] = [
      ['headlines', headlines.map(headline)],
      ...Object.entries(gates).map(([reason, gate]): [string, string[]] => [reason, [gateSentence(gate)]]),
      ['and besides', others.map(gateSentence)],
      ['evaluation sets', evaluationSets.map(evaluationSetSentence)],
      ['missing', missing.map(missingSentence)],
    ];
    const text = sections.map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot('golden/gate-sentences.txt');
  });

  it('is in a report what the golden file shows', async () => {
    const report = judged({
      outcome: 'fail',
      gates: [...Object.values(gates), ...others, { ...gates.below_floor, accepted }],
    });
    await expect(renderMarkdown(report)).toMatchFileSnapshot('golden/every-gate.md');
  });
});
