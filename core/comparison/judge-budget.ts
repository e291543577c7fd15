import type { Budget } from '../budgets/budget.ts';
import { budgets } from '../budgets/index.ts';
import type { BudgetGate } from '../gates/gate-schema.ts';
import type { Run } from '../tracking/run.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { BudgetGateResult } from './gate-result.ts';
import type { Outcome } from './outcome.ts';

interface Judged {
  readonly bound: BudgetGateResult['bound'];
  readonly written: string;
  readonly allowed: number | null;
  readonly outcome: Outcome;
  readonly reason: BudgetGateResult['reason'];
  readonly baseline: number | null;
}

/**
 * What a model costs against what it may cost: `max` bounds the cost itself, `max_rise` its ratio to the baseline's. Costs
 * have no statistics: the tolerance is the user's. Times of two jobs differ by themselves, so a rise of one past its limit is
 * inconclusive, and so is a time that is too short to be measured. Sizes are exact.
 *
 * @param options.selected the candidate's selected model, for `max`. @param options.compared the baseline's, for `max_rise`.
 */
export function budgetGates(
  { dataset, gates, candidate, baseline, replacement }: DatasetComparison,
  options: { readonly selected: string | null; readonly compared: string | null },
): BudgetGateResult[] {
  const runOf = (model: string | null) => (model === null ? undefined : candidate.get(model)?.run);
  return Object.entries(gates.byBudget).flatMap(([id, gate]) => {
    const budget = budgets.get(id);
    const { measure } = budget;
    const result = (model: string | null, run: Run | undefined, judged: Judged): BudgetGateResult => ({
      kind: 'budget',
      dataset,
      model,
      budget: id,
      ...(judged.bound === 'max_rise' && replacement && { replacedBy: replacement.by }),
      ...judged,
      value: run ? measure(run) : null,
    });
    const results: BudgetGateResult[] = [];
    if (gate.max !== undefined) {
      const run = runOf(options.selected);
      results.push(result(options.selected, run, bounded(gate.max, run, budget)));
    }
    if (gate.max_rise !== undefined) {
      const run = runOf(options.compared);
      const before = baseline instanceof Map && options.compared ? baseline.get(options.compared)?.run : undefined;
      const without = typeof baseline === 'string' ? baseline : 'no_baseline';
      results.push(result(options.compared, run, compared(gate.max_rise, { before, run, without }, budget)));
    }
    return results;
  });
}

/** Below it, a clock and whatever else the machine does say as much as the model. */
const SHORTEST_SECONDS = 0.05;

type Measure = Pick<Budget, 'measure' | 'timedSeconds'>;

function bounded(max: number, run: Run | undefined, { measure, timedSeconds }: Measure): Judged {
  const judged = (outcome: Outcome, reason: BudgetGateResult['reason']): Judged => ({
    bound: 'max',
    written: `max: ${max}`,
    allowed: max,
    outcome,
    reason,
    baseline: null,
  });
  if (!run) return judged('fail', 'missing');
  const value = measure(run);
  if (value === null) return judged('not_comparable', 'cost_not_measured');
  if (value <= max) return judged('pass', 'within_budget');
  return isTooShort(timedSeconds?.(run)) ? judged('inconclusive', 'too_short_to_time') : judged('fail', 'over_budget');
}

function compared(
  maxRise: NonNullable<BudgetGate['max_rise']>,
  evaluatedRuns: { before: Run | undefined; run: Run | undefined; without: 'first_run' | 'no_baseline' },
  { measure, timedSeconds }: Measure,
): Judged {
  const { before, run, without } = evaluatedRuns;
  const rise = Number.parseFloat(maxRise) / 100;
  const old = before ? measure(before) : null;
  const allowed = old === null ? null : old * (1 + rise);
  const judged = (outcome: Outcome, reason: BudgetGateResult['reason']): Judged => ({
    bound: 'max_rise',
    written: `max_rise: ${maxRise}`,
    allowed,
    outcome,
    reason,
    baseline: old,
  });
  if (!run) return judged('fail', 'missing');
  if (!before) return without === 'first_run' ? judged('pass', 'first_run') : judged('not_comparable', without);
  const value = measure(run);
  if (value === null || allowed === null) return judged('not_comparable', 'cost_not_measured');
  if (value <= allowed) return judged('pass', 'within_budget');
  if (!timedSeconds) return judged('fail', 'over_budget');
  return judged('inconclusive', isTooShort(timedSeconds(run)) ? 'too_short_to_time' : 'over_budget_elsewhere');
}

function isTooShort(seconds: number | null | undefined): boolean {
  return seconds != null && seconds < SHORTEST_SECONDS;
}
