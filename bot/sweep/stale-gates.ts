import { GATE } from '../../github/app-gate.ts';
import { placeOf } from '../gate/gate-check.ts';
import type { InstalledRepository } from '../installation.ts';

/** Pull requests that are looked at, each with a request, and commits that are judged again, in one sweep of a repository. */
const MOST_PULLS = 50;
const MOST_JUDGED = 10;
const RECENT_MS = 7 * 86_400_000;

interface EndedRun {
  readonly id: number;
  readonly attempt: number;
}

/**
 * Heads of open pull requests whose check is missing, or does not know a workflow run that has ended: a delivery about them was lost.
 * Pull requests that nothing happened to for a week are not looked at.
 */
export async function staleGates(
  { octokit, repository, appId }: InstalledRepository,
  now: number,
): Promise<readonly string[]> {
  const { data: pulls } = await octokit.rest.pulls.list({
    ...{ ...repository, state: 'open', sort: 'updated', direction: 'desc', per_page: MOST_PULLS },
  });
  const recent = pulls.filter(({ updated_at: at }) => now - Date.parse(at) < RECENT_MS);
  const heads = [...new Set(recent.map(({ head }) => head.sha))];
  if (heads.length === 0) return [];
  const ended = await endedRuns();
  const stale: string[] = [];
  for (const sha of heads) {
    if (stale.length >= MOST_JUDGED) break;
    const { data } = await octokit.rest.checks.listForRef({
      ...{ ...repository, ref: sha, check_name: GATE, app_id: appId, filter: 'all', per_page: 100 },
    });
    const [check] = data.check_runs.filter(({ app }) => app?.id === appId).sort((a, b) => a.id - b.id);
    const run = ended.get(sha);
    if (!check || (run && !knows(check, run))) stale.push(sha);
  }
  return stale;

  /** The newest runs that have ended, by their commit. */
  async function endedRuns(): Promise<ReadonlyMap<string, EndedRun>> {
    const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({
      ...{ ...repository, event: 'pull_request', status: 'completed', per_page: 100 },
    });
    const newest = new Map<string, EndedRun>();
    for (const { id, head_sha: sha, run_attempt: attempt = 1 } of data.workflow_runs)
      if (id > (newest.get(sha)?.id ?? 0)) newest.set(sha, { id, attempt });
    return newest;
  }
}

/** Whether a check is what a workflow run came to, or a newer one. */
function knows(
  check: { readonly status: string; readonly external_id: string | null },
  { id, attempt }: EndedRun,
): boolean {
  const shown = placeOf(check.external_id ?? '');
  if (!shown || shown.id < id || (shown.id === id && shown.attempt < attempt)) return false;
  // What waits for a newer run is right to wait.
  return check.status === 'completed' || shown.id > id || shown.attempt > attempt;
}
