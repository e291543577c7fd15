import type { ListedArtifact } from './run-artifact.ts';

/** A workflow run in its newest attempt. */
export interface AttemptedRun {
  readonly id: number;
  readonly attempt: number;
  readonly isCompleted: boolean;
  readonly url: string;
  /** Ours, the newest of each job, that may be believed to be what the attempt came to. */
  readonly artifacts: readonly ListedArtifact[];
}

/**
 * A workflow run as GitHub has it now. A job of an earlier attempt counts only when the whole run has succeeded: otherwise it may be one that
 * failed when it was run again.
 *
 * @param listed all of ours that it has.
 */
export function attemptedRun(run: WorkflowRun, listed: readonly ListedArtifact[]): AttemptedRun {
  const attempt = run.run_attempt ?? 1;
  const mayBeOlder = run.conclusion === 'success';
  const byJob = new Map<string, ListedArtifact>();
  for (const one of listed) {
    const job = one.name.slice(0, one.name.lastIndexOf('-'));
    const isUsable = one.attempt === attempt || (mayBeOlder && one.attempt < attempt);
    if (isUsable && one.attempt > (byJob.get(job)?.attempt ?? 0)) byJob.set(job, one);
  }
  const { id, html_url: url } = run;
  return { id, attempt, isCompleted: run.status === 'completed', url, artifacts: [...byJob.values()] };
}

interface WorkflowRun {
  readonly id: number;
  readonly run_attempt?: number;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly html_url: string;
}
