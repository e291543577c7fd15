import { createRunArtifacts, type ListedArtifact } from '../../github/run-artifact.ts';
import type { InstalledRepository } from '../installation.ts';

/** The newest run of a workflow at a commit, in its newest attempt. */
export interface AttemptedRun {
  readonly id: number;
  readonly attempt: number;
  readonly isCompleted: boolean;
  readonly url: string;
  /** Ours, the newest of each job, that may be believed to be what the attempt came to. */
  readonly artifacts: readonly ListedArtifact[];
}

const PER_PAGE = 100;
const MOST_PAGES = 3;

/** Events of a change that is to be merged. */
const EVENTS = new Set(['pull_request', 'merge_group']);

/**
 * The newest run of every workflow that runs for pull requests and merge groups with this head. A job of an earlier attempt counts only when the whole
 * run has succeeded: otherwise it may be one that failed when it was run again.
 */
export async function workflowAttempts(
  { octokit, repository, repositoryId }: InstalledRepository,
  headSha: string,
): Promise<AttemptedRun[]> {
  const artifacts = createRunArtifacts(octokit, repository);
  const newest = new Map<number, Awaited<ReturnType<typeof runsAt>>[number]>();
  for (const run of await runsAt()) {
    const isOurs = run.repository.id === repositoryId && run.head_sha === headSha && EVENTS.has(run.event);
    if (isOurs && run.id > (newest.get(run.workflow_id)?.id ?? 0)) newest.set(run.workflow_id, run);
  }
  return Promise.all([...newest.values()].map(async (run) => attemptedRun(run, await artifacts.list(run.id))));

  async function runsAt() {
    const found = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({
        ...repository,
        head_sha: headSha,
        per_page: PER_PAGE,
        page,
      });
      found.push(...data.workflow_runs);
      if (data.workflow_runs.length < PER_PAGE) break;
    }
    return found;
  }
}

/** A workflow run as GitHub has it now. @param listed all of ours that it has. */
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
