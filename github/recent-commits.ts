import type { Client, RepositoryName } from './client.ts';
import { isRateLimited, statusOf } from './github-error.ts';

/**
 * Commits that workflow runs of these branches were about, from the newest hundred of each. It is an index for when the branch of
 * runs is gone, and no proof: a tag may bear a branch's name.
 *
 * @returns a function that asks once, and gives nothing where the job may not read workflow runs.
 */
export function createRecentCommits(
  octokit: Client,
  repository: RepositoryName,
  branches: readonly string[],
): () => Promise<ReadonlySet<string>> {
  let asked: Promise<ReadonlySet<string>> | undefined;
  const ask = async () => {
    const commits = new Set<string>();
    for (const branch of branches) {
      const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({ ...repository, branch, per_page: 100 });
      for (const run of data.workflow_runs) commits.add(run.head_sha);
    }
    return commits;
  };
  return () => {
    asked ??= ask().catch((error) => {
      if (statusOf(error) === undefined || statusOf(error)! >= 500 || isRateLimited(error)) throw error;
      return new Set<string>();
    });
    return asked;
  };
}
