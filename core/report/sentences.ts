import { budgets } from '../budgets/index.ts';
import type { EvaluationSetResult, GateResult, Missing } from '../comparison/verdict.ts';
import { noBaselineSentence } from './baseline-sentences.ts';
import { code, prose } from './escape.ts';
import { count, number, plural, pValue } from './numbers.ts';
import type { Report } from './report.ts';

export const MARKS = { pass: '✅', fail: '❌', inconclusive: '❔', accepted: '☑️', first: '🌱', none: '📋' } as const;

/** The mark of a gate or exam: one that was accepted has its own. */
export function markOf({ outcome, accepted }: Pick<GateResult, 'outcome' | 'accepted'>): string {
  return accepted ? MARKS.accepted : MARKS[outcome];
}

/** The verdict in one line: what e-mails and phones show of the comment. */
export function headline(report: Report): string {
  const { verdict, datasets } = report;
  if (!verdict) return `${MARKS.none} ${plural(datasets.length, 'data set')} trained, nothing judged`;
  const { missing } = verdict;
  const evaluationSets = verdict.evaluationSets.filter(({ accepted }) => !accepted);
  const gates = verdict.gates.filter(({ accepted }) => !accepted);
  if (missing.length > 0) return `${MARKS.fail} Incomplete: ${missingSentence(missing[0]!)}${more(missing.length)}`;
  const changed = evaluationSets.filter(({ outcome }) => outcome === 'fail');
  if (changed.length > 0)
    return `${MARKS.fail} Evaluation changed: ${evaluationSetSentence(changed[0]!)}${more(changed.length)}`;
  const failed = gates.filter(({ outcome }) => outcome === 'fail');
  if (failed.length > 0) return `${MARKS.fail} ${gateSentence(failed[0]!)}${more(failed.length)}`;
  const open = gates.filter(({ outcome }) => outcome === 'inconclusive');
  if (open.length > 0) return `${MARKS.inconclusive} Cannot tell: ${gateSentence(open[0]!)}${more(open.length)}`;
  const accepted = [
    ...verdict.evaluationSets.filter((evaluationSet) => evaluationSet.accepted).map(evaluationSetSentence),
    ...verdict.gates.filter((gate) => gate.accepted).map(gateSentence),
  ];
  if (accepted.length > 0) return `${MARKS.accepted} Accepted: ${accepted[0]}${more(accepted.length)}`;
  const without = datasets.flatMap(({ baseline }) => (baseline.kind === 'none' ? [baseline.why] : []));
  if (datasets.length > 0 && without.length === datasets.length) {
    const other = without.find(({ reason }) => reason !== 'no_run');
    const why = other
      ? `Nothing to compare with: ${noBaselineSentence(other, prose)}`
      : 'First run: there is nothing to compare with yet';
    return `${MARKS.first} ${why}${gates.length > 0 ? '; the floors hold' : ''}`;
  }
  return `${MARKS.pass} ${passSentence(report)}`;
}

function passSentence({ datasets, verdict }: Report): string {
  const moved = datasets.flatMap(({ dataset, primaryMetric, selectedModel, models }) => {
    const model = models.find((each) => each.model === selectedModel);
    const metric = model?.metrics.find((each) => each.metric === primaryMetric);
    if (!metric || metric.baseline === null || metric.delta === null || metric.delta === 0) return [];
    return [`${code(dataset)} ${primaryMetric} ${number(metric.baseline)} → ${number(metric.baseline + metric.delta)}`];
  });
  const held = verdict?.gates.length
    ? `All ${plural(verdict.gates.length, 'gate')} pass`
    : 'No gate is set, none failed';
  return moved.length > 0 ? `${held}: ${moved.join(', ')}` : `${held}: no metric changed`;
}

/** What one gate came to. */
export function gateSentence(gate: GateResult): string {
  return reasonSentence(gate) + acceptedBy(gate);
}

function acceptedBy({ accepted }: Pick<GateResult, 'accepted'>): string {
  if (!accepted) return '';
  return `; accepted by ${prose(accepted.by)} on ${accepted.at.slice(0, 10)}: ${prose(accepted.because)}`;
}

function reasonSentence(gate: GateResult): string {
  const of = gate.slice ? ` of ${sliceName(gate.slice)}` : '';
  const what = `${code(gate.dataset)} ${gate.metric}${of} (${gate.model})`;
  const moved = `${number(gate.baseline)} → ${number(gate.value)}`;
  const p = gate.adjustedPValue === null ? '' : `, ${pValue(gate.adjustedPValue)}`;
  switch (gate.reason) {
    case 'drop_past_limit':
      return `${what} ${worse(gate)} by ${number(gate.drop)} (${moved}), past its limit of ${number(gate.allowed)}${p}`;
    case 'drop_not_proved':
      return `${what} ${worse(gate)} by ${number(gate.drop)} (${moved}), past its limit of ${number(gate.allowed)}, but chance could have made it${p}`;
    case 'not_non_inferior':
      return `${what} (${moved}) is not shown to be within its limit of ${number(gate.allowed)}`;
    case 'noise_unknown':
      return `${what} (${moved}) cannot be judged: how far chance moves it is not known, with a class of one row per fold or less, or one group alone`;
    case 'drop_within_limit':
      return `${what} ${worse(gate)} by ${number(gate.drop)} (${moved}), within its limit of ${number(gate.allowed)}${p}`;
    case 'within_limit':
      return `${what} (${moved}): no drop past its limit of ${number(gate.allowed)}`;
    case 'above_floor':
      return `${what} is ${number(gate.value)}, ${gate.written} holds${gate.nearFloor ? ', by less than one standard error' : ''}`;
    case 'below_floor':
      return `${what} is ${number(gate.value)}, ${gate.written} does not hold${gate.nearFloor ? ', by less than one standard error' : ''}`;
    case 'within_budget':
      return `${what} costs ${cost(gate, gate.value)}, ${gate.written} holds${since(gate)}`;
    case 'over_budget':
      return `${what} costs ${cost(gate, gate.value)}, ${gate.written} does not hold${since(gate)}`;
    case 'over_budget_elsewhere':
      return `${what} costs ${cost(gate, gate.value)}, ${gate.written} does not hold${since(gate)}, but that was measured on another processor`;
    case 'cost_not_measured':
      return `${what} was not measured, so ${gate.written} cannot be judged`;
    case 'slice_too_small':
      return `${what} has too few rows, or one class alone, to be judged`;
    case 'slice_unpaired':
      return `${what} is ${number(gate.value)}, and its rows could not be paired with the baseline’s`;
    case 'first_run':
      return `${what} is ${number(gate.value)}: nothing to compare with yet`;
    case 'new_model':
      return `${what} is ${number(gate.value)}: the model is new, nothing to compare with yet`;
    case 'new_metric':
      return `${what} is ${number(gate.value)}: its baseline did not measure it, nothing to compare with yet`;
    case 'no_trusted_baseline':
      return `${what} has no baseline that can be believed`;
    case 'self_reported':
      return `${what} is ${number(gate.value)} by its own report, which nobody checked${gate.outcome === 'fail' ? '; its baseline was measured' : ''}`;
    case 'test_set_alone':
      return `${what} is ${number(gate.value)} on the test set alone, and how far seeds move it is not known: three repeats, or five unchanged runs on the default branch, would tell`;
    case 'missing':
      return `${what} has no value to judge`;
  }
}

/** A slice as a condition: `Contract=Two year`. */
export function sliceName({ column, value }: NonNullable<GateResult['slice']>): string {
  return code(`${column}=${value}`);
}

function cost({ metric }: GateResult, value: number | null): string {
  return `${number(value)} ${budgets.get(metric).unit}`;
}

/** From what a cost came, where it is compared. */
function since(gate: GateResult): string {
  if (gate.baseline === null || gate.value === null || gate.baseline === 0) return '';
  return ` (${cost(gate, gate.baseline)} before: × ${number(gate.value / gate.baseline)})`;
}

function worse({ direction }: GateResult): string {
  return direction === 'maximize' ? 'dropped' : 'rose';
}

export function evaluationSetSentence(evaluationSet: EvaluationSetResult): string {
  const { dataset, gone, relabelled, targetsUnknown, baselineRows } = evaluationSet;
  const parts = [
    gone > 0 ? `${count(gone)} of ${plural(baselineRows, 'row')} ${gone === 1 ? 'is' : 'are'} gone` : '',
    relabelled > 0 ? `${plural(relabelled, 'row')} ${relabelled === 1 ? 'has' : 'have'} another target` : '',
  ].filter((part) => part !== '');
  const unseen = targetsUnknown ? '; the baseline’s targets are no longer kept, so other new targets are not seen' : '';
  return `${code(dataset)}: ${parts.join(' and ') || 'the same rows'}${unseen}${acceptedBy(evaluationSet)}`;
}

export function missingSentence({ dataset, model, metric, detail }: Missing): string {
  return [code(dataset), model && code(model), metric, detail].filter(Boolean).join(' ');
}

function more(n: number): string {
  return n > 1 ? ` (and ${n - 1} more)` : '';
}
