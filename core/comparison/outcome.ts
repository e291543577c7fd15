import { z } from 'zod';
import { EXIT } from '../errors/exit-codes.ts';

/**
 * What a gate or an evaluation set came to. `inconclusive`: statistics cannot tell. `not_comparable`: something is missing that
 * a comparison needs.
 */
export const outcomeSchema = z.enum(['pass', 'fail', 'inconclusive', 'not_comparable']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What a verdict came to: an outcome, or why there is none. */
export const verdictOutcomeSchema = z.enum([...outcomeSchema.options, 'first_run', 'nothing_to_merge', 'error']);
export type VerdictOutcome = z.infer<typeof verdictOutcomeSchema>;

/** An outcome as people read it: `not comparable`. */
export function outcomeName(outcome: VerdictOutcome): string {
  return outcome.replaceAll('_', ' ');
}

/** What the rules of the base make of an outcome that is neither a pass nor a failure. */
export interface MergePolicy {
  readonly onInconclusive: 'pass' | 'fail';
  readonly onNotComparable: 'pass' | 'fail';
}

/**
 * What the rules make of an outcome. The own commit of a branch that sets rules is not stopped for want of a baseline: it becomes the
 * baseline.
 */
export function policyFor(
  { onInconclusive, onNotComparable }: MergePolicy,
  subject: 'change' | 'tracked_branch',
): MergePolicy {
  return { onInconclusive, onNotComparable: subject === 'change' ? onNotComparable : 'pass' };
}

/** Whether an outcome stops a merge. Null, where nothing was judged, stops nothing. */
export function stopsMerge(outcome: VerdictOutcome | null, policy: MergePolicy): boolean {
  return exitCodeOf(outcome, policy) !== EXIT.success;
}

/** The exit code of an outcome. Null: nothing was judged. */
export function exitCodeOf(outcome: VerdictOutcome | null, policy: MergePolicy): number {
  switch (outcome) {
    case null:
    case 'pass':
    case 'first_run':
    case 'nothing_to_merge':
      return EXIT.success;
    case 'inconclusive':
      return policy.onInconclusive === 'fail' ? EXIT.stopped : EXIT.success;
    case 'not_comparable':
      return policy.onNotComparable === 'pass' ? EXIT.success : EXIT.stopped;
    case 'fail':
      return EXIT.stopped;
    case 'error':
      return EXIT.usage;
    default:
      return outcome satisfies never;
  }
}
