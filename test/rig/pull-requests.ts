import { readGitFacts } from './git-facts.ts';
import { gitIn, writeMerge } from './git-run.ts';
import type { PullRequest, Repository, State } from './state.ts';

/** Opens a pull request as GitHub does: the base repository gets `refs/pull/<n>/head` and, without conflict, `…/merge`. */
export function openPullRequest(
  state: State,
  of: {
    readonly repository: Repository;
    readonly headRef: string;
    /** The fork; by default the repository itself. */
    readonly headRepository?: Repository;
    readonly baseRef?: string;
    readonly title?: string;
    readonly body?: string;
    readonly draft?: boolean;
    readonly login?: string;
  },
): PullRequest {
  const { repository, headRef, headRepository = repository, baseRef = repository.defaultBranch } = of;
  const createdAt = state.now().toISOString();
  const headSha = branchTip(headRepository, headRef);
  const pull: PullRequest = {
    id: state.nextId(),
    number: 1 + state.pullRequests.filter((one) => one.base.repository === repository).length,
    login: of.login ?? 'octocat',
    title: of.title ?? `Merge ${headRef}`,
    body: of.body ?? null,
    draft: of.draft ?? false,
    state: 'open',
    createdAt,
    updatedAt: createdAt,
    mergedAt: null,
    base: { repository, ref: baseRef, sha: branchTip(repository, baseRef) },
    head: { repository: headRepository, ref: headRef, sha: headSha },
    mergeSha: null,
  };
  writeRefs(pull, branchTip(repository, baseRef));
  state.pullRequests.push(pull);
  return pull;
}

/**
 * What GitHub does when something happens to a pull request, or someone asks for it: notices pushes to its head, and merges
 * it into the base branch's present tip. `base.sha` changes with pushes to the head only, so the merge commit's first
 * parent may be newer.
 */
export function syncPullRequest(state: State, pull: PullRequest): PullRequest {
  if (pull.state === 'closed') return pull;
  const { repository, ref } = pull.base;
  const baseTip = readGitFacts(repository.gitDir).resolve(`refs/heads/${ref}`);
  if (!baseTip) return pull;
  const source = pull.head.repository;
  const headSha = (source && readGitFacts(source.gitDir).resolve(`refs/heads/${pull.head.ref}`)) ?? pull.head.sha;
  if (headSha !== pull.head.sha) {
    pull.head = { ...pull.head, sha: headSha };
    pull.base = { ...pull.base, sha: baseTip };
    pull.updatedAt = state.now().toISOString();
  }
  writeRefs(pull, baseTip);
  return pull;
}

/** Has it merge into another branch. Checks stay with the head's commit. @returns what the event `edited` says of it. */
export function retarget(state: State, pull: PullRequest, baseRef: string): { action: 'edited'; changes: object } {
  const { repository, ref, sha } = pull.base;
  pull.base = { repository, ref: baseRef, sha: branchTip(repository, baseRef) };
  pull.updatedAt = state.now().toISOString();
  writeRefs(pull, pull.base.sha);
  return { action: 'edited', changes: { base: { ref: { from: ref }, sha: { from: sha } } } };
}

export function closePullRequest(state: State, pull: PullRequest): void {
  pull.state = 'closed';
  pull.updatedAt = state.now().toISOString();
}

export function branchTip(repository: Repository, branch: string): string {
  const sha = readGitFacts(repository.gitDir).resolve(`refs/heads/${branch}`);
  if (!sha) throw new Error(`no branch ${branch} in ${repository.fullName}`);
  return sha;
}

function writeRefs(pull: PullRequest, baseTip: string): void {
  const { gitDir } = pull.base.repository;
  const git = gitIn(gitDir);
  const facts = readGitFacts(gitDir);
  const refs = `refs/pull/${pull.number}`;
  if (facts.resolve(`${refs}/head`) !== pull.head.sha) {
    const source = pull.head.repository!;
    if (source.gitDir === gitDir) git('update-ref', `${refs}/head`, pull.head.sha);
    else git('fetch', '--quiet', source.gitDir, `+refs/heads/${pull.head.ref}:${refs}/head`);
  }
  const present = pull.mergeSha === null ? undefined : facts.commits(pull.mergeSha, 0, 1)[0];
  if (present?.parents.join() === [baseTip, pull.head.sha].join()) return;
  pull.mergeSha = writeMerge(gitDir, baseTip, pull.head.sha);
  // A ref of an earlier merge stays when the branches begin to conflict.
  if (pull.mergeSha) git('update-ref', `${refs}/merge`, pull.mergeSha);
}
