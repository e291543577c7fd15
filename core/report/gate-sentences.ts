import { budgets } from '../budgets/index.ts';
import { isAcceptable, nameOf } from '../comparison/accept.ts';
import type {
  BudgetGateResult,
  DriftGate,
  FloorGate,
  GateResult,
  LimitGate,
  SliceName,
} from '../comparison/gate-result.ts';
import type { EvaluationSetResult, Missing } from '../comparison/verdict.ts';
import { shaCode } from './baseline-sentences.ts';
import { code, type Fragment, join, link, number, prose, type Sentence, sentence, text } from './fragments.ts';
import { notTimedSentence } from './not-timed-sentence.ts';
import { count, number as decimal, percent, plural, pValue } from './numbers.ts';
import { undecidedLimit } from './undecided-limit.ts';

/** Columns that a sentence names. */
const NAMED_COLUMNS = 5;

/** What one gate came to, and who accepted it. */
export function gateSentence(gate: GateResult): Sentence {
  return [...reasonSentence(gate), ...acceptedBy(gate)];
}

function reasonSentence(gate: GateResult): Sentence {
  switch (gate.kind) {
    case 'floor':
      return floorSentence(gate);
    case 'limit':
      return limitSentence(gate);
    case 'budget':
      return budgetSentence(gate);
    case 'drift':
      return driftSentence(gate);
  }
}

function acceptedBy({ accepted }: Pick<GateResult, 'accepted'>): Sentence {
  if (!accepted) return [];
  const { by, at, because, url } = accepted;
  const where = url === undefined ? ', on this machine only,' : sentence` in ${link(url, text('a comment'))}`;
  return sentence`; accepted by ${code(by)}${where} on ${at.slice(0, 10)}: ${prose(because)}`;
}

function floorSentence(gate: FloorGate): Sentence {
  const { reason, bound, isNear } = gate;
  const what = metricName(gate);
  const rule = code(gate.written);
  const near = isNear ? ', by less than one standard error' : '';
  switch (reason) {
    case 'above_floor':
      return sentence`${what} is ${number(gate.value)} and meets ${rule}${near}`;
    case 'below_floor':
      return sentence`${what} is ${number(gate.value)}, ${bound === 'min' ? 'below' : 'above'} ${rule}${near}`;
    case 'not_made_worse':
      return sentence`${what} is ${number(gate.value)}, ${bound === 'min' ? 'below' : 'above'} ${rule}, but the baseline misses it by as much`;
    case 'self_reported':
    case 'test_set_alone':
    case 'slice_too_small':
    case 'missing':
      return withoutProof(gate, reason);
  }
}

function limitSentence(gate: LimitGate): Sentence {
  const { reason, compared, direction, value } = gate;
  const what = metricName(gate);
  const moved = sentence`(${number(compared?.baseline ?? null)} → ${number(value)})`;
  const dropped = sentence`${what} ${direction === 'maximize' ? 'dropped' : 'rose'} by ${number(compared?.drop ?? null)} ${moved}`;
  const ofNoise = gate.shareOf ? " (a share of twice the baseline's standard error, since the baseline is near 0)" : '';
  const allowed = sentence`${number(gate.allowed)}${ofNoise}`;
  const p = compared?.test ? sentence` (${pValue(compared.test.adjustedPValue)}${rivalsOf(gate)})` : '';
  const undecided = undecidedLimit(gate);
  const tooSmall = undecided ? sentence`; ${undecided}` : [];
  switch (reason) {
    case 'drop_past_limit':
      return sentence`${dropped}, more than the allowed ${allowed}${p}`;
    case 'added_rows':
      return sentence`${what}: the added rows make it worse on the baseline's rows by ${number(gate.addedRows?.drop ?? null)} ${moved}, more than the allowed ${allowed}${p}${gainSentence(gate)}`;
    case 'added_rows_unknown':
      return sentence`${what} ${moved} cannot be judged: rows were added and something else changed, and what is due to which is not known. Train it again beside this baseline, or make two changes of it`;
    case 'pushed_again':
      return pushedAgain(gate);
    case 'drop_not_proved':
      return sentence`${dropped}, more than the allowed ${allowed}, but this may be chance${p}${tooSmall}`;
    case 'drop_within_limit':
      return sentence`${dropped}, within the allowed ${allowed}${p}`;
    case 'within_limit':
      return sentence`${what} stayed within the allowed ${direction === 'maximize' ? 'drop' : 'rise'} of ${allowed} ${moved}`;
    case 'not_non_inferior':
      return sentence`${what} ${moved} is not proved to stay within the allowed ${allowed}, as ${code('require: non_inferior')} asks${tooSmall}`;
    case 'noise_unknown':
      return sentence`${what} ${moved} cannot be judged: too few rows to estimate the noise (a class has at most one row per fold, or all rows are one group)`;
    case 'too_noisy':
      return sentence`${what} ${moved} is too noisy to judge: it varies more with the training seed than the baseline's, so after ten repeats a ${direction === 'maximize' ? 'drop' : 'rise'} of more than ${allowed} is neither proved nor excluded. Make the model steadier (more trees, a smaller learning rate)`;
    case 'too_few_in_time':
      return tooFewInTime(gate, moved);
    case 'slice_unpaired':
      return sentence`${what} is ${number(value)}, but its rows could not be paired with the baseline's`;
    case 'first_run':
      return sentence`${what} is ${number(value)}; there is no baseline yet`;
    case 'new_model':
      return sentence`${what} is ${number(value)}; the baseline has no run of this model`;
    case 'new_metric':
      return sentence`${what} is ${number(value)}; the baseline did not measure this metric, so there is nothing to compare with`;
    case 'no_baseline':
      return sentence`${what} is ${number(value)}, but there is no baseline to compare it with`;
    case 'self_reported':
    case 'test_set_alone':
    case 'slice_too_small':
    case 'missing':
      return withoutProof(gate, reason);
  }
}

/** What rows that a change adds do for themselves. */
function gainSentence({ addedRows }: LimitGate): Sentence {
  if (!addedRows || addedRows.gain === null) return [];
  const { gain } = addedRows;
  return sentence`; on themselves they ${gain >= 0 ? 'help' : 'harm'} by ${number(Math.abs(gain))}`;
}

/** Which earlier push this one must be shown to be better than, and how far it is from that. */
function pushedAgain(gate: LimitGate): Sentence {
  const { sha, gain = null, standardError = null, pValue: chance = null, others = 0 } = gate.earlierPush ?? {};
  const also = others === 0 ? '' : `, as did ${others} more`;
  const which = sha === undefined ? [] : sentence` (${shaCode(sha)})`;
  const must = sentence`${metricName(gate)}: an earlier push of this pull request${which} failed on it${also}, so this one must be shown to be better`;
  if (gain === null || chance === null) return sentence`${must}, and the two cannot be compared`;
  const noise = standardError === null ? [] : sentence` ± ${number(standardError)}`;
  return sentence`${must} (p ≤ 0.05): it is ${gain < 0 ? 'worse' : 'better'} by ${number(Math.abs(gain))}${noise} (${pValue(chance)})`;
}

const TRAINED_ON = {
  shared_rows: ', trained without the added rows',
  all_rows: ', trained with the added rows',
} as const;

/** On which of its rows a model was trained that was trained twice. */
export function trainedOn(gate: FloorGate | LimitGate): string {
  return gate.kind === 'limit' && gate.trainedOn ? TRAINED_ON[gate.trainedOn] : '';
}

/** Why rows in the order of time do not tell the noise, and what would. */
function tooFewInTime(gate: LimitGate, moved: Sentence): Sentence {
  const { rows = 0, tau = 1, needed = 0 } = gate.compared?.tooFew ?? {};
  const what = sentence`${metricName(gate)} ${moved} cannot be judged with ${plural(rows, 'row')}`;
  if (rows >= needed)
    return sentence`${what}: too many have the same time to cut five stretches. Set ${code('split.time')} to a finer column`;
  return sentence`${what}: about ${count(Math.ceil(tau))} of them in the order of time tell as much as one, so ${count(needed)} are needed`;
}

/** What else could have been selected, which makes a p-value larger. */
function rivalsOf({ rivals = [] }: LimitGate): Sentence {
  if (rivals.length === 0) return [];
  return sentence`, also corrected for ${join(rivals.map(code), ', ')}, as good in the baseline`;
}

/** What floors and limits say of a value that proves too little. */
function withoutProof(
  gate: FloorGate | LimitGate,
  reason: 'self_reported' | 'test_set_alone' | 'slice_too_small' | 'missing',
): Sentence {
  const what = metricName(gate);
  switch (reason) {
    case 'self_reported':
      return sentence`${what} is ${number(gate.value)} as reported by its own command, not verified${gate.outcome === 'fail' ? '; the baseline was measured' : ''}`;
    case 'test_set_alone':
      return sentence`${what} is ${number(gate.value)} on the test set only, and the noise of training seeds is unknown: set ${code('split.repeats: 3')}, or wait for five unchanged runs on the default branch`;
    case 'slice_too_small':
      return sentence`${what} cannot be judged: too few rows, or only one class`;
    case 'missing':
      return sentence`${what} has no value${gate.value === null ? '' : ' on the rows that both have'}`;
  }
}

function budgetSentence(gate: BudgetGateResult): Sentence {
  const { dataset, budget, value, baseline, reason, inTurn } = gate;
  const { unit, time } = budgets.get(budget);
  const what = sentence`${code(dataset)} ${budget}${ofModel(gate)}`;
  const rule = code(gate.written);
  const ratio = value === null || !baseline ? null : value / baseline;
  const interval = inTurn ? `, 95 % from × ${decimal(inTurn.ci[0])} to × ${decimal(inTurn.ci[1])}` : '';
  const before = ratio === null ? [] : sentence` (${number(baseline)} ${unit} before, × ${number(ratio)}${interval})`;
  switch (reason) {
    case 'within_budget':
      return sentence`${what} is ${number(value)} ${unit}, within ${rule}${before}${time && baseline !== null && !inTurn ? ', measured apart' : ''}`;
    case 'over_budget':
      return sentence`${what} is ${number(value)} ${unit}, more than ${rule}${before}`;
    case 'rise_not_proved':
      return sentence`${what} is ${number(value)} ${unit}, more than ${rule}${before}, which may be chance: ${pValue(inTurn?.adjustedPValue ?? 1)}`;
    case 'over_budget_elsewhere':
      return sentence`${what} is ${number(value)} ${unit}, more than ${rule}${before}, but the two were measured apart, which decides nothing: ${notTimedSentence(gate.notTimed)}`;
    case 'measured_apart':
      return sentence`${what} is ${number(value)} ${unit}, within ${rule}${before}, but the two were measured apart, which decides nothing: ${notTimedSentence(gate.notTimed)}`;
    case 'too_short_to_time':
      return sentence`${what} is ${number(value)} ${unit}, more than ${rule}${before}, but so short a time cannot be measured well`;
    case 'cost_not_measured':
      return sentence`${what} was not measured, so ${rule} cannot be judged${time ? ': nobody knows the processor time of a command. Remove that rule, or judge a model of the library' : ''}`;
    case 'first_run':
      return sentence`${what} is ${number(value)} ${unit}; there is no baseline yet`;
    case 'no_baseline':
      return sentence`${what} is ${number(value)} ${unit}, but there is no baseline to compare it with`;
    case 'missing':
      return sentence`${what} has no value`;
  }
}

function driftSentence({ dataset, reason, written, columns, moved, share }: DriftGate): Sentence {
  const what = code(dataset);
  const drifted = sentence`${what}: ${count(moved.length)} of ${plural(columns, 'column')} drifted (${percent(share ?? 0)})`;
  switch (reason) {
    case 'within_share':
      return sentence`${drifted}, within ${code(written)}`;
    case 'past_share':
      return sentence`${drifted}, more than ${code(written)}: ${columnNames(moved)}`;
    case 'no_reference':
      return sentence`${what}: drift cannot be judged, since there is no second table`;
    case 'too_few_rows':
      return sentence`${what}: drift cannot be judged, since there are too few rows`;
  }
}

function columnNames(names: readonly string[]): Sentence {
  const shown = join(names.slice(0, NAMED_COLUMNS).map(code), ', ');
  return names.length > NAMED_COLUMNS ? sentence`${shown} and ${String(names.length - NAMED_COLUMNS)} more` : shown;
}

function metricName(gate: FloorGate | LimitGate): Sentence {
  const { dataset, metric, slice } = gate;
  const on = slice ? sentence` on ${sliceName(slice)}` : [];
  return sentence`${code(dataset)} ${metric}${on}${ofModel(gate, trainedOn(gate))}`;
}

function ofModel({ model, replacedBy }: Pick<LimitGate, 'model' | 'replacedBy'>, how = ''): Sentence {
  if (replacedBy !== undefined && model !== null)
    return sentence` (${code(replacedBy)} in place of ${code(model)}${how})`;
  return model === null ? [] : sentence` (${code(model)}${how})`;
}

/** A slice as a condition: `Contract=Two year`. */
export function sliceName({ column, value }: SliceName): Fragment {
  return code(`${column}=${value}`);
}

/** How the rows of candidate and baseline differ, and who accepted it. */
export function evaluationSetSentence(result: EvaluationSetResult): Sentence {
  const { dataset, gone, relabelled, edited = 0, ofNewClasses = 0, targetsUnknown, baselineRows } = result;
  const parts = [
    gone > 0 ? `${count(gone)} of ${plural(baselineRows, 'baseline row')} ${gone === 1 ? 'was' : 'were'} removed` : '',
    relabelled > 0 ? `${plural(relabelled, 'row')} ${relabelled === 1 ? 'has' : 'have'} another target` : '',
    edited > 0 ? `${plural(edited, 'row')} ${edited === 1 ? 'holds' : 'hold'} other values` : '',
    ofNewClasses > 0
      ? `${plural(ofNewClasses, 'row')} ${ofNewClasses === 1 ? 'has' : 'have'} a class that the baseline does not know`
      : '',
  ].filter((part) => part !== '');
  const unseen = targetsUnknown
    ? "; the baseline's targets are no longer stored, so changed targets cannot be detected"
    : '';
  return sentence`${code(dataset)}: ${parts.join(' and ') || 'the same rows'}${unseen}${acceptedBy(result)}`;
}

/** The command that accepts a point. */
export function acceptCommand(point: Parameters<typeof nameOf>[0]): Fragment {
  const name = nameOf(point);
  const isPlain = /^[\w.@=-]+$/.test(name);
  return code(`mlops accept ${isPlain ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`}`);
}

/** Something expected that is not there. */
export function missingSentence({ dataset, model, metric, detail, removed, accepted }: Missing): Sentence {
  const names = [code(dataset), ...(model === null ? [] : [code(model)])];
  const point = { dataset, model, metric, detail, ...(removed && { removed }) };
  const train = !removed && model !== null && metric === null ? sentence`. To mend it: ${code('mlops train')}` : [];
  const wayOut = isAcceptable(point) ? sentence`${train}. If that is intended: ${acceptCommand(point)}` : train;
  return sentence`${join(names, ' ')}${metric === null ? '' : ` ${metric}`} ${prose(detail)}${accepted ? acceptedBy({ accepted }) : wayOut}`;
}
