import { exitCodeOf, type MergePolicy, policyFor, stopsMerge, verdictOutcomeSchema } from '../comparison/outcome.ts';
import type { Verdict } from '../comparison/verdict.ts';

/** How a command can end, as `status` of the `--json` document and as `outcome` of the Action say it. */
export const STATUSES = [...verdictOutcomeSchema.options, 'done'] as const;
type Status = (typeof STATUSES)[number];

/** How a command that judges ended, and whether that stops a merge. */
export interface Judgement {
  readonly status: Exclude<Status, 'done'>;
  readonly stopsMerge: boolean;
  readonly exitCode: number;
}

/** What a verdict comes to under a project's rules; undefined where nothing was judged. */
export function judgementOf(
  verdict: Verdict | null,
  rules: MergePolicy,
  subject: 'change' | 'tracked_branch' = 'change',
): Judgement | undefined {
  if (verdict === null) return undefined;
  const { outcome } = verdict;
  const policy = policyFor(rules, subject);
  const stops = stopsMerge(outcome, policy);
  // To a program that reads the status, what stops a merge must not look as if it did not.
  return {
    status: stops && outcome === 'inconclusive' ? 'fail' : outcome,
    exitCode: exitCodeOf(outcome, policy),
    stopsMerge: stops,
  };
}
