import type { Budget } from '../budgets/budget.ts';
import { budgets } from '../budgets/index.ts';
import type { BudgetGate } from '../gates/gate-schema.ts';
import type { Run } from '../tracking/run.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { ALPHA } from './detectable-drop.ts';
import type { BudgetGateResult } from './gate-result.ts';
import { holm } from './holm.ts';
import type { Outcome } from './outcome.ts';
import { type RiseOfTime, riseOfTime } from './rise-of-time.ts';

/** A dataset whose costs are judged. */
export interface CostedDataset {
  readonly each: DatasetComparison;
  /** The candidate's selected model, for `max`. */
  readonly selected: string | null;
  /** The baseline's, for `max_rise`. */
  readonly compared: string | null;
}

type Judged = Pick<
  BudgetGateResult,
  'bound' | 'written' | 'value' | 'allowed' | 'outcome' | 'reason' | 'baseline' | 'inTurn' | 'notTimed'
>;

/** A gate that waits for its p-value after correction; of those without one it says nothing. */
interface Pending {
  readonly rise: RiseOfTime | null;
  readonly judge: (adjustedPValue: number | null) => BudgetGateResult;
}

/**
 * What models cost against what they may cost: `max` bounds the cost itself, `max_rise` its ratio to the baseline's. Sizes are exact. Times
 * of two jobs differ by themselves, so a rise past its limit fails only where both models were timed in turn and the rise is proved.
 * Otherwise it is inconclusive, and so is a time that is too short, or that could not be taken in turn.
 */
export function budgetGates(datasets: readonly CostedDataset[]): BudgetGateResult[] {
  const pending = datasets.flatMap(pendingGates);
  const timed = pending.filter(({ rise }) => rise !== null);
  const adjusted = holm(timed.map(({ rise }) => rise!.pValue));
  return pending.map((gate) => gate.judge(gate.rise && adjusted[timed.indexOf(gate)]!));
}

function pendingGates({ each, selected, compared }: CostedDataset): Pending[] {
  const { dataset, gates, candidate, baseline, replacement, notTimed } = each;
  const runOf = (model: string | null) => (model === null ? undefined : candidate.get(model)?.run);
  return Object.entries(gates.byBudget).flatMap(([id, gate]) => {
    const budget = budgets.get(id);
    const result = (model: string | null, judged: Judged): BudgetGateResult => ({
      kind: 'budget',
      dataset,
      model,
      budget: id,
      ...(judged.bound === 'max_rise' && replacement && { replacedBy: replacement.by }),
      ...judged,
    });
    const pending: Pending[] = [];
    if (gate.max !== undefined) {
      const judged = result(selected, bounded(gate.max, runOf(selected), budget));
      pending.push({ rise: null, judge: () => judged });
    }
    if (gate.max_rise !== undefined) {
      const maxRise = gate.max_rise;
      const run = runOf(compared);
      const before = baseline instanceof Map && compared ? baseline.get(compared)?.run : undefined;
      const without = typeof baseline === 'string' ? baseline : 'no_baseline';
      const inTurn = before && run?.timings.inTurn?.model === compared ? run.timings.inTurn : undefined;
      const rise = inTurn && budget.time ? riseOfTime(inTurn, budget.time) : null;
      const runs = { before, run, without, notTimed };
      const judged = (p: number | null) =>
        rise && p !== null ? risen(maxRise, rise, p) : apart(maxRise, runs, budget);
      pending.push({ rise, judge: (p) => result(compared, judged(p)) });
    }
    return pending;
  });
}

/** Below it, a clock and whatever else the machine does say as much as the model. */
const SHORTEST_SECONDS = 0.05;

function bounded(max: number, run: Run | undefined, { measure, time }: Budget): Judged {
  const value = run ? measure(run) : null;
  const judged = (outcome: Outcome, reason: BudgetGateResult['reason']): Judged => ({
    ...{ bound: 'max', written: `max: ${max}`, allowed: max, baseline: null },
    ...{ value, outcome, reason },
  });
  if (!run) return judged('fail', 'missing');
  if (value === null) return judged('not_comparable', 'cost_not_measured');
  if (value <= max) return judged('pass', 'within_budget');
  return isTooShort(time?.seconds(run)) ? judged('inconclusive', 'too_short_to_time') : judged('fail', 'over_budget');
}

/** A time of two models that were trained in turn. */
function risen(maxRise: MaxRise, { seconds, value, baseline, ...inTurn }: RiseOfTime, adjustedPValue: number): Judged {
  const judged = (outcome: Outcome, reason: BudgetGateResult['reason']): Judged => ({
    ...{ bound: 'max_rise', written: `max_rise: ${maxRise}`, allowed: baseline * mostRatio(maxRise) },
    ...{ value, baseline, outcome, reason },
    inTurn: { ...inTurn, ci: [...inTurn.ci], logRatios: [...inTurn.logRatios], adjustedPValue },
  });
  if (inTurn.ratio <= mostRatio(maxRise)) return judged('pass', 'within_budget');
  if (isTooShort(seconds)) return judged('inconclusive', 'too_short_to_time');
  return adjustedPValue <= ALPHA ? judged('fail', 'over_budget') : judged('inconclusive', 'rise_not_proved');
}

/** A cost of two models that were not timed in turn. */
function apart(
  maxRise: MaxRise,
  runs: {
    readonly before: Run | undefined;
    readonly run: Run | undefined;
    readonly without: 'first_run' | 'no_baseline';
    readonly notTimed: DatasetComparison['notTimed'];
  },
  { measure, time }: Budget,
): Judged {
  const { before, run, without, notTimed } = runs;
  const value = run ? measure(run) : null;
  const old = before ? measure(before) : null;
  const allowed = old === null ? null : old * mostRatio(maxRise);
  const judged = (outcome: Outcome, reason: BudgetGateResult['reason']): Judged => ({
    ...{ bound: 'max_rise', written: `max_rise: ${maxRise}`, allowed, baseline: old },
    ...{ value, outcome, reason },
  });
  if (!run) return judged('fail', 'missing');
  if (!before) return without === 'first_run' ? judged('pass', 'first_run') : judged('not_comparable', without);
  if (value === null || allowed === null) return judged('not_comparable', 'cost_not_measured');
  // Otherwise a change that hides the base commit's table would be measured by what it says itself.
  if (value <= allowed)
    return time && notTimed
      ? { ...judged('inconclusive', 'measured_apart'), notTimed }
      : judged('pass', 'within_budget');
  if (!time) return judged('fail', 'over_budget');
  if (isTooShort(time.seconds(run))) return judged('inconclusive', 'too_short_to_time');
  return { ...judged('inconclusive', 'over_budget_elsewhere'), ...(notTimed && { notTimed }) };
}

type MaxRise = NonNullable<BudgetGate['max_rise']>;

function mostRatio(maxRise: MaxRise): number {
  return 1 + Number.parseFloat(maxRise) / 100;
}

function isTooShort(seconds: number | null | undefined): boolean {
  return seconds != null && seconds < SHORTEST_SECONDS;
}
