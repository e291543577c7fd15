import { createChangeFacts, type OpenPullRequest } from '../../github/change-facts.ts';
import { GithubError } from '../../github/github-error.ts';
import type { InstalledRepository } from '../installation.ts';

/** An open pull request. */
interface OpenPull extends OpenPullRequest {
  readonly kind: 'pull_request';
  readonly headSha: string;
}

/** What waits in a merge queue: a commit that GitHub made of pull requests and what is before them. */
interface QueuedGroup {
  readonly kind: 'merge_group';
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  /** What the queue built on. */
  readonly baseSha: string;
}

/** What the check of a commit is about. */
export type Subject = OpenPull | QueuedGroup;

/**
 * What a commit is the head of, as the API has it now: payloads name no pull requests of forks, and may be old.
 *
 * @param queueRef the branch that GitHub made for a merge queue, where an event of the queue named it.
 */
export async function subjectsOf(
  world: InstalledRepository,
  headSha: string,
  queueRef: string | undefined,
): Promise<Subject[]> {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(headSha)) throw new GithubError({ message: `not a commit: ${headSha}` });
  const group = queueRef === undefined ? null : await queuedGroup(world, headSha, queueRef);
  return [...(await pullsWithHead(world, headSha)), ...(group ? [group] : [])];
}

async function pullsWithHead({ octokit, repository }: InstalledRepository, headSha: string): Promise<OpenPull[]> {
  const open = await createChangeFacts(octokit, repository).openPullRequests(headSha);
  return open.map((pull) => ({ kind: 'pull_request', ...pull, headSha }));
}

/** `gh-readonly-queue/<base branch>/pr-<number>-<base commit>`. */
const QUEUE = /^(?:refs\/heads\/)?(gh-readonly-queue\/(.+)\/pr-\d+-([0-9a-f]{40}(?:[0-9a-f]{24})?))$/;

/** The group of a queue's branch; null when it has left the queue, or is made anew. */
async function queuedGroup(
  { octokit, repository }: InstalledRepository,
  headSha: string,
  ref: string,
): Promise<QueuedGroup | null> {
  const [, headRef, baseRef, baseSha] = QUEUE.exec(ref) ?? [];
  if (headRef === undefined || baseRef === undefined || baseSha === undefined) return null;
  const present = await createChangeFacts(octokit, repository).branchHead(headRef);
  return present === headSha ? { kind: 'merge_group', headSha, headRef, baseRef, baseSha } : null;
}
