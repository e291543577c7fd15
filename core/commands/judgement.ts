import { stopsMerge, type Verdict } from '../comparison/verdict.ts';
import type { Project } from '../config/project.ts';

/** How a command can end, as `status` of the `--json` document and as `outcome` of the Action say it. */
export const STATUSES = [
  'pass',
  'fail',
  'inconclusive',
  'not_comparable',
  'first_run',
  'nothing_to_merge',
  'done',
  'error',
] as const;
type Status = (typeof STATUSES)[number];

/** How a command that judges ended, and whether that stops a merge. */
export interface Judgement {
  readonly status: Exclude<Status, 'done' | 'error'>;
  readonly stopsMerge: boolean;
}

/** What a verdict comes to under a project's rules; undefined where nothing was judged. */
export function judgementOf(
  verdict: Verdict | null,
  { onInconclusive }: Pick<Project, 'onInconclusive'>,
): Judgement | undefined {
  if (verdict === null) return undefined;
  const stops = stopsMerge(verdict, onInconclusive);
  return { status: stops ? 'fail' : verdict.outcome, stopsMerge: stops };
}
