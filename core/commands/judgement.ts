import { type MergePolicy, stopsMerge, verdictOutcomeSchema } from '../comparison/outcome.ts';
import type { Verdict } from '../comparison/verdict.ts';

/** How a command can end, as `status` of the `--json` document and as `outcome` of the Action say it. */
export const STATUSES = [...verdictOutcomeSchema.options, 'done'] as const;
type Status = (typeof STATUSES)[number];

/** How a command that judges ended, and whether that stops a merge. */
export interface Judgement {
  readonly status: Exclude<Status, 'done'>;
  readonly stopsMerge: boolean;
}

/** What a verdict comes to under a project's rules; undefined where nothing was judged. */
export function judgementOf(verdict: Verdict | null, policy: MergePolicy): Judgement | undefined {
  if (verdict === null) return undefined;
  const stops = stopsMerge(verdict.outcome, policy);
  return { status: stops ? 'fail' : verdict.outcome, stopsMerge: stops };
}
