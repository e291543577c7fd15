import type { History } from '../core/ports/history.ts';
import type { Run } from '../core/tracking/run.ts';
import type { AcceptingPull } from './acceptances.ts';
import type { Client, RepositoryName } from './client.ts';

/** A merge queue can put so many into a branch at once. */
const MOST_COMMITS = 10;

/**
 * The pull requests whose merge put a commit on a branch, and those before it back to the last commit that was recorded: one push of a
 * merge queue brings several.
 */
export async function mergedPulls(
  octokit: Client,
  repository: RepositoryName,
  {
    sha,
    branch,
    history,
    recorded,
  }: {
    readonly sha: string;
    readonly branch: string;
    readonly history: History;
    readonly recorded: readonly Run[];
  },
): Promise<AcceptingPull[]> {
  const commits = await history.firstParents(sha, MOST_COMMITS);
  const last = commits.findIndex((commit) => commit !== sha && recorded.some(({ git }) => git.sha === commit));
  const pulls: AcceptingPull[] = [];
  for (const commit of last < 0 ? commits : commits.slice(0, last)) {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...repository,
      commit_sha: commit,
    });
    const merged = data.filter(
      (pull) => pull.merged_at !== null && pull.merge_commit_sha === commit && pull.base.ref === branch,
    );
    pulls.push(...merged.map(({ number, head }) => ({ number, headSha: head.sha })));
  }
  return pulls;
}
