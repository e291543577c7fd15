import { type AttemptedRun, attemptedRun } from './attempted-run.ts';
import type { Client, RepositoryName } from './client.ts';
import { type EndedRun, type Origin, originOf } from './event.ts';
import { statusOf } from './github-error.ts';
import { createRunArtifacts } from './run-artifact.ts';

/** A workflow run whose jobs could not comment. What GitHub says of it is so; what its jobs left is a claim. */
export interface ClaimedRun extends AttemptedRun {
  readonly origin: Exclude<Origin, 'own'>;
  /** How it ended. */
  readonly conclusion: string;
  readonly head: {
    readonly sha: string;
    readonly branch: string;
    readonly owner: string;
    readonly repositoryId: number;
  };
}

/** Why there is nothing to comment: a sentence without a full stop. */
export interface NoClaims {
  readonly why: string;
}

/**
 * The workflow run that has ended, as GitHub's API has it. It must be the newest attempt of the expected workflow, run for a pull request
 * whose jobs may not write. A name would not do: any workflow file of a fork can have it.
 *
 * @param of.workflow the workflow's file, from the repository's root.
 */
export async function findClaimedRun(
  octokit: Client,
  repository: RepositoryName,
  ended: EndedRun,
  of: { readonly workflow: string; readonly repositoryId: number },
): Promise<ClaimedRun | NoClaims> {
  const run = await readRun(octokit, repository, ended.id);
  if (run?.repository.id !== of.repositoryId) return { why: 'GitHub does not know the workflow run, or no longer' };
  const path = run.path.replace(/@.*$/s, '');
  if (path !== of.workflow) return { why: `the workflow run is of \`${path}\`, not of \`${of.workflow}\`` };
  if (run.event !== 'pull_request')
    return { why: `the workflow run is of the event ${run.event}, not of a pull request` };
  if (run.status !== 'completed' || run.run_attempt !== ended.attempt)
    return { why: 'the workflow run was started again: the end of that attempt starts this job anew' };
  const origin = originOf(run.head_repository?.id ?? null, of.repositoryId, run.actor?.login ?? '');
  if (origin === 'own') return { why: 'the jobs of that workflow run may write, so they comment themselves' };
  if (!run.head_repository || run.head_branch === null) return { why: 'the fork is gone' };
  const { artifacts, ...attempt } = attemptedRun(run, await createRunArtifacts(octokit, repository).list(run.id));
  return {
    ...attempt,
    artifacts,
    origin,
    conclusion: run.conclusion ?? 'unknown',
    head: {
      sha: run.head_sha,
      branch: run.head_branch,
      owner: run.head_repository.owner.login,
      repositoryId: run.head_repository.id,
    },
  };
}

/**
 * The pull request of a workflow run: the open one that has its head now. No payload names those of forks.
 *
 * @returns its number.
 */
export async function pullRequestOf(
  octokit: Client,
  repository: RepositoryName,
  { head: { sha, branch, owner, repositoryId } }: Pick<ClaimedRun, 'head'>,
): Promise<number | NoClaims> {
  const open = await octokit.paginate(octokit.rest.pulls.list, {
    ...repository,
    state: 'open',
    head: `${owner}:${branch}`,
    per_page: 100,
  });
  const own = open.filter(({ head }) => head.sha === sha && head.repo?.id === repositoryId);
  const [first, ...more] = own;
  if (!first) return { why: `no open pull request has the head ${sha}: it was pushed to again, or closed` };
  if (more.length > 0)
    return { why: `several open pull requests have the head ${sha}, and GitHub does not tell which was run` };
  return first.number;
}

async function readRun(octokit: Client, repository: RepositoryName, id: number) {
  try {
    return (await octokit.rest.actions.getWorkflowRun({ ...repository, run_id: id })).data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
