import { compareModels, type EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { GateResult, LimitGate } from './gate-result.ts';
import { outcomeOf } from './judge.ts';
import { isSameLimit } from './judge-added-rows.ts';
import { pValueOf } from './judge-limit.ts';
import { predictsLike } from './pool-runs.ts';
import type { Verdict } from './verdict.ts';

/** A limit that an earlier push of the pull request failed on. */
export interface FailedPush {
  /** The pull request's head at that time. */
  readonly sha: string;
  readonly gate: LimitGate;
  /** The run that failed. */
  readonly evaluatedRun: EvaluatedRun;
}

/** From which chance on a push is not shown to be better than one that failed. */
const BETTER = 0.05;

/** What a push is held against later: drops that were proved, past what was allowed, and that nobody accepted. */
export function provedDrops({ gates }: Pick<Verdict, 'gates'>): LimitGate[] {
  return gates.filter(
    (gate): gate is LimitGate =>
      gate.kind === 'limit' &&
      gate.outcome === 'fail' &&
      !gate.accepted &&
      (gate.reason === 'drop_past_limit' || gate.reason === 'added_rows'),
  );
}

/**
 * The verdict on a pull request of which earlier pushes failed. Who pushes the same change with ten seeds is lucky more often than once
 * in a hundred times. So on each limit that a push failed on, what does not fail now must predict as the baseline does, or be better than
 * every push that failed there.
 */
export function withEarlierPushes(
  verdict: Verdict,
  datasets: readonly DatasetComparison[],
  failed: readonly FailedPush[],
): Verdict {
  const gates = verdict.gates.map((gate) => (gate.kind === 'limit' ? besideFailed(gate, datasets, failed) : gate));
  const found = { ...verdict, gates };
  return { ...found, outcome: outcomeOf(found, { isFirst: verdict.outcome === 'first_run' }) };
}

function besideFailed(
  gate: LimitGate,
  datasets: readonly DatasetComparison[],
  failed: readonly FailedPush[],
): GateResult {
  // What is merged is the model that learned from all rows.
  if (gate.outcome === 'fail' || gate.outcome === 'not_comparable' || gate.trainedOn === 'shared_rows') return gate;
  const earlier = failed.filter((push) => isSameLimit(push.gate, gate) && isTooMuch(push.gate, gate));
  const each = datasets.find(({ dataset }) => dataset === gate.dataset);
  const candidate = each?.candidate.get(gate.replacedBy ?? gate.model ?? '');
  if (earlier.length === 0 || !each || !candidate) return gate;
  const before = each.baseline instanceof Map ? each.baseline.get(gate.model ?? '') : undefined;
  if (before && predictsLike(before, candidate)) return gate;
  const unbeaten = earlier
    .map((push) => ({ sha: push.sha, ...gainOver(push, candidate, gate) }))
    .filter(({ pValue }) => pValue === null || pValue > BETTER);
  if (unbeaten.length === 0) return gate;
  const worst = unbeaten.reduce((a, b) => ((b.pValue ?? 1) > (a.pValue ?? 1) ? b : a));
  return {
    ...gate,
    outcome: 'fail',
    reason: 'pushed_again',
    earlierPush: { ...worst, others: new Set(unbeaten.map(({ sha }) => sha)).size - 1 },
  };
}

/** Whether its drop is past what is allowed now: rules may have changed since. */
function isTooMuch(then: LimitGate, { allowed }: LimitGate): boolean {
  return (then.compared?.drop ?? 0) > (allowed ?? 0);
}

/** How much better a run is than one that failed, on the rows that both have. One-sided, H0: not better. */
function gainOver(
  { evaluatedRun }: FailedPush,
  candidate: EvaluatedRun,
  { metric, slice }: LimitGate,
): Omit<NonNullable<LimitGate['earlierPush']>, 'sha' | 'others'> {
  // Seen from the candidate, what failed is the worse one.
  const difference = compareModels(candidate, evaluatedRun, [metric], slice).differences.get(metric);
  return {
    gain: difference?.drop ?? null,
    standardError: difference?.standardError ?? null,
    pValue: difference ? pValueOf(difference) : null,
  };
}
