import { type AttemptedRun, attemptedRun } from '../../github/attempted-run.ts';
import { createRunArtifacts } from '../../github/run-artifact.ts';
import type { InstalledRepository } from '../installation.ts';

const PER_PAGE = 100;
const MOST_PAGES = 3;

/** Events of a change that is to be merged. */
const EVENTS = new Set(['pull_request', 'merge_group']);

/** The newest run of every workflow that runs for pull requests and merge groups with this head. */
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
