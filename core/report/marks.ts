import type { GateResult } from '../comparison/gate-result.ts';
import type { VerdictOutcome } from '../comparison/outcome.ts';

/** One sign per outcome, so that a list can be read at a glance. */
export const MARKS: Readonly<Record<VerdictOutcome | 'accepted' | 'not_judged', string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
  not_comparable: '🚫',
  first_run: '🌱',
  nothing_to_merge: '💤',
  error: '🛑',
  accepted: '☑️',
  not_judged: '📋',
};

/** The mark of a gate or an evaluation set: one that was accepted has its own. */
export function markOf({ outcome, accepted }: Pick<GateResult, 'outcome' | 'accepted'>): string {
  return accepted ? MARKS.accepted : MARKS[outcome];
}
