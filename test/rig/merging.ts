import { readGitFacts } from './git-facts.ts';
import { gitIn, writeMerge } from './git-run.ts';
import { branchTip, syncPullRequest } from './pull-requests.ts';
import type { MergeGroup, PullRequest, State } from './state.ts';

/** Merges a pull request into its base branch, as the button does. @returns the base branch's new tip. */
export function mergePullRequest(
  state: State,
  pull: PullRequest,
  method: 'merge' | 'squash' | 'fast-forward' = 'merge',
): string {
  syncPullRequest(state, pull);
  const { repository, ref } = pull.base;
  const git = gitIn(repository.gitDir);
  if (!pull.mergeSha) throw new Error(`pull request ${pull.number} conflicts with ${ref}`);
  const tip = branchTip(repository, ref);
  const sha = {
    merge: () => pull.mergeSha!,
    squash: () => git('commit-tree', `${pull.mergeSha}^{tree}`, '-p', tip, '-m', `${pull.title} (#${pull.number})`),
    'fast-forward': () => pull.head.sha,
  }[method]();
  git('update-ref', `refs/heads/${ref}`, sha, tip);
  finish(state, pull, sha);
  return sha;
}

/** @param behind the group before it in the queue. */
export function addToMergeQueue(state: State, pull: PullRequest, behind?: MergeGroup): MergeGroup {
  syncPullRequest(state, pull);
  const { repository, ref } = pull.base;
  const baseSha = behind?.headSha ?? branchTip(repository, ref);
  const headSha = writeMerge(repository.gitDir, baseSha, pull.head.sha);
  if (!headSha) throw new Error(`pull request ${pull.number} conflicts with what is before it in the queue`);
  const headRef = `refs/heads/gh-readonly-queue/${ref}/pr-${pull.number}-${baseSha}`;
  gitIn(repository.gitDir)('update-ref', headRef, headSha);
  const group = { repository, pull, headRef, headSha, baseRef: `refs/heads/${ref}`, baseSha };
  state.queue.push(group);
  return group;
}

/** The queue is done with a group: its branch goes; what passed becomes the base branch's tip. */
export function leaveMergeQueue(state: State, group: MergeGroup, passed: boolean): void {
  const git = gitIn(group.repository.gitDir);
  git('update-ref', '-d', group.headRef);
  state.queue.splice(state.queue.indexOf(group), 1);
  if (!passed) return;
  const tip = readGitFacts(group.repository.gitDir).resolve(group.baseRef);
  if (tip !== group.baseSha) throw new Error(`${group.baseRef} is not what the group was made of`);
  git('update-ref', group.baseRef, group.headSha);
  finish(state, group.pull, group.headSha);
}

function finish(state: State, pull: PullRequest, sha: string): void {
  const now = state.now().toISOString();
  pull.state = 'closed';
  pull.mergedAt = now;
  pull.updatedAt = now;
  pull.mergeSha = sha;
}
