import type { Client, RepositoryName } from './client.ts';
import { GithubError, statusOf } from './github-error.ts';

/** A pull request, as GitHub has it now. */
export interface PullRequest {
  readonly headSha: string;
  readonly baseRef: string;
  readonly defaultBranch: string;
  /** From another repository; also when that was deleted. */
  readonly isFork: boolean;
}

/** An open pull request, as lists have it. */
export interface OpenPullRequest {
  readonly number: number;
  readonly headRef: string;
  readonly baseRef: string;
  readonly isFork: boolean;
}

/** What GitHub's API says of commits, branches and pull requests. No payload, no clone and no file of the job is asked. */
export interface ChangeFacts {
  pullRequest(number: number): Promise<PullRequest>;
  defaultBranch(): Promise<string>;
  /** The newest commit of a branch; null when there is no such branch. */
  branchHead(name: string): Promise<string | null>;
  /** Whether a rule of the repository protects a branch of this name; a branch that is not there is not protected. */
  isProtected(branch: string): Promise<boolean>;
  /** The open pull requests with this head, also those of forks. */
  openPullRequests(headSha: string): Promise<readonly OpenPullRequest[]>;
  /** The parents of a commit, in order; null when GitHub does not know the commit. */
  parentsOf(sha: string): Promise<readonly string[] | null>;
  /** Where `head` left `base`, each a branch or a commit; null when they have no common commit, or one is unknown. */
  mergeBase(base: string, head: string): Promise<string | null>;
}

/** @returns functions that throw GithubError when the token may not read what is asked for. */
export function createChangeFacts(octokit: Client, repository: RepositoryName): ChangeFacts {
  return {
    async pullRequest(number) {
      const data = await ask('pull-requests: read', () =>
        octokit.rest.pulls.get({ ...repository, pull_number: number }),
      );
      if (!data) throw new GithubError({ message: `GitHub does not know pull request #${number}` });
      return {
        headSha: data.head.sha,
        baseRef: data.base.ref,
        defaultBranch: data.base.repo.default_branch,
        isFork: data.head.repo?.id !== data.base.repo.id,
      };
    },
    async defaultBranch() {
      const data = await ask('contents: read', () => octokit.rest.repos.get({ ...repository }));
      if (!data)
        throw new GithubError({ message: 'this job cannot read its own repository', next: grant('contents: read') });
      return data.default_branch;
    },
    async branchHead(name) {
      const data = await ask('contents: read', () => octokit.rest.git.getRef({ ...repository, ref: `heads/${name}` }));
      return data?.object.sha ?? null;
    },
    async isProtected(branch) {
      const data = await ask('contents: read', () => octokit.rest.repos.getBranch({ ...repository, branch }));
      // From a name that a branch once had GitHub sends on to the new one.
      return data?.name === branch && data.protected;
    },
    async openPullRequests(headSha) {
      // Asked for a commit's pull requests, GitHub leaves out those of forks.
      const list = () => octokit.paginate(octokit.rest.pulls.list, { ...repository, state: 'open', per_page: 100 });
      const open = await ask('pull-requests: read', async () => ({ data: await list() }));
      return (open ?? [])
        .filter(({ head }) => head.sha === headSha)
        .map(({ number, head, base }) => ({
          number,
          headRef: head.ref,
          baseRef: base.ref,
          isFork: head.repo?.id !== base.repo.id,
        }));
    },
    async parentsOf(sha) {
      const data = await ask('contents: read', () => octokit.rest.git.getCommit({ ...repository, commit_sha: sha }));
      return data?.parents.map((parent) => parent.sha) ?? null;
    },
    async mergeBase(base, head) {
      const data = await ask('contents: read', () =>
        octokit.rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head}`, per_page: 1 }),
      );
      return data?.merge_base_commit.sha ?? null;
    },
  };
}

/** The answer; undefined when what is asked for does not exist: 404, 409 (empty repository), 422 (unknown commit). */
async function ask<T>(permission: string, request: () => Promise<{ readonly data: T }>): Promise<T | undefined> {
  try {
    return (await request()).data;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 409 || status === 422) return undefined;
    if (status !== 401 && status !== 403) throw error;
    throw new GithubError(
      {
        message: 'this job may not ask GitHub what it has to judge',
        found: (error as Error).message,
        next: grant(permission),
      },
      { cause: error },
    );
  }
}

function grant(permission: string): string {
  return `grant the job \`permissions: ${permission}\``;
}
