import { hasEnoughValues } from '../evaluation/uncertainty/noise-history.ts';
import type { Run } from '../tracking/run.ts';
import type { Outcome } from './outcome.ts';

/** Repeats from which the noise of training seeds on the test set alone is known well enough. */
const ENOUGH_REPEATS = 3;

/** Why no value of a run can make a gate pass, and what the gate comes to instead. */
export interface Weakness {
  readonly reason: 'self_reported' | 'test_set_alone';
  readonly outcome: Exclude<Outcome, 'pass'>;
}

/** Whether a command only reported its numbers, so they were not measured. */
export function isSelfReported({ measuredOn }: Run): boolean {
  return measuredOn === 'self_reported';
}

/**
 * What is weak about a comparison, or null. A self-reported change fails where the baseline was measured: it takes evidence away.
 */
export function weaknessOf(before: Run | undefined, after: Run): Weakness | null {
  if (isSelfReported(after))
    return { reason: 'self_reported', outcome: before && !isSelfReported(before) ? 'fail' : 'not_comparable' };
  if (before && isSelfReported(before)) return { reason: 'self_reported', outcome: 'not_comparable' };
  const evaluatedRuns = before ? [before, after] : [after];
  const isThin = evaluatedRuns.some(isTestSetAlone) && !evaluatedRuns.some(knowsItsNoise);
  return isThin ? { reason: 'test_set_alone', outcome: 'inconclusive' } : null;
}

/** Measured once or twice on the test set alone: that does not tell what another seed would have given. */
function isTestSetAlone({ measuredOn, split }: Run): boolean {
  return measuredOn === 'test' && split.repeats < ENOUGH_REPEATS;
}

/** Whether unchanged runs on the default branch tell it; a change is taken to be as noisy as what it changes. */
function knowsItsNoise({ metrics }: Run): boolean {
  return Object.values(metrics).every(({ history }) => hasEnoughValues(history));
}
