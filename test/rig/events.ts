import { readGitFacts } from './git-facts.ts';
import { fullPullRequestJson, pullRequestJson } from './pull-answers.ts';
import { branchTip, syncPullRequest } from './pull-requests.ts';
import { repositoryJson, userOf } from './rest-answers.ts';
import type { MergeGroup, PullRequest, Repository, State, WorkflowRun } from './state.ts';

export interface EventOptions {
  readonly repository: Repository;
  /** `push`, `pull_request`, `merge_group`, `workflow_dispatch`, `repository_dispatch`, `schedule`, … */
  readonly event: string;
  /** The branch; of a pull request's run the head's. By default the default branch, or what `pullRequest` says. */
  readonly headBranch?: string;
  /** Of a push: the tag, instead of a branch. */
  readonly tag?: string;
  /** By default the tip of branch, pull request or group. */
  readonly headSha?: string;
  readonly headRepository?: Repository;
  /** Of a `pull_request` run: its payload and `GITHUB_SHA` come from it. */
  readonly pullRequest?: PullRequest;
  readonly mergeGroup?: MergeGroup;
  /** Of a push: where the branch was; none for a new one. */
  readonly before?: string;
  /** Of a `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly actor?: string;
  /** Added to the payload of the event. */
  readonly payload?: object;
}

/** What GitHub makes of something that happened: commits and refs of the runs it starts, and the payload. */
export type Happened = Pick<WorkflowRun, 'headSha' | 'headBranch' | 'headRepository' | 'told'>;

export function happen(state: State, options: EventOptions, web: string): Happened {
  const { repository, actor = 'octocat' } = options;
  const { told, ...commits } = commitsOf(state, options, web);
  const everywhere = { repository: repositoryJson(repository, web), sender: userOf(actor, web) };
  return { ...commits, told: { ...told, payload: { ...everywhere, ...told.payload, ...options.payload } } };
}

function commitsOf(state: State, options: EventOptions, web: string): Happened {
  const { repository, event, pullRequest, mergeGroup, tag } = options;
  if (pullRequest && event.startsWith('pull_request') && event !== 'pull_request_target') {
    const told = pullRequest.mergeSha;
    syncPullRequest(state, pullRequest);
    const { number, head, mergeSha } = pullRequest;
    const facts = readGitFacts(repository.gitDir);
    // An event is told before GitHub has tried to merge: its merge commit is the one of the last time.
    const untried = { merge_commit_sha: told, mergeable: null, mergeable_state: 'unknown', rebaseable: null };
    if (mergeSha === null)
      throw new Error(`pull request ${number} conflicts with its base: GitHub runs no workflow on it`);
    return {
      headSha: options.headSha ?? head.sha,
      headBranch: options.headBranch ?? head.ref,
      headRepository: options.headRepository ?? head.repository ?? repository,
      told: {
        sha: mergeSha,
        ref: `refs/pull/${number}/merge`,
        baseRef: pullRequest.base.ref,
        headRef: head.ref,
        payload: {
          action: 'synchronize',
          number,
          pull_request: { ...fullPullRequestJson(pullRequest, facts, 0, web), ...(isOpen(pullRequest) && untried) },
        },
      },
    };
  }
  if (mergeGroup) {
    const { headSha, headRef, baseRef, baseSha } = mergeGroup;
    const group = { head_sha: headSha, head_ref: headRef, base_sha: baseSha, base_ref: baseRef };
    return {
      headSha,
      headBranch: headRef.replace('refs/heads/', ''),
      headRepository: repository,
      told: {
        sha: headSha,
        ref: headRef,
        baseRef,
        headRef,
        payload: {
          action: 'checks_requested',
          merge_group: { ...group, head_commit: headCommitJson(repository, headSha) },
        },
      },
    };
  }
  // What runs for a pull request but not on it (`pull_request_target`, `issue_comment`) runs on the default branch.
  const branch = options.headBranch ?? (tag === undefined ? repository.defaultBranch : tag);
  const ref = tag === undefined ? `refs/heads/${branch}` : `refs/tags/${tag}`;
  const sha = options.headSha ?? (tag === undefined ? branchTip(repository, branch) : commitOf(repository, ref));
  return {
    headSha: sha,
    headBranch: branch,
    headRepository: options.headRepository ?? repository,
    told: {
      sha,
      ref,
      baseRef: '',
      headRef: '',
      payload: {
        ...(pullRequest && { number: pullRequest.number, pull_request: pullRequestJson(pullRequest, web) }),
        ...(event === 'push' && pushPayload(repository, ref, sha, options.before)),
        ...(event === 'workflow_dispatch' && { ref, inputs: options.inputs ?? null }),
        ...(event === 'repository_dispatch' && { action: 'dispatched', branch, client_payload: {} }),
        ...(event === 'schedule' && { schedule: '0 5 * * 1' }),
      },
    },
  };
}

function isOpen({ state }: PullRequest): boolean {
  return state === 'open';
}

function pushPayload(repository: Repository, ref: string, after: string, before: string | undefined) {
  const forced = before !== undefined && readGitFacts(repository.gitDir).mergeBase(before, after) !== before;
  return {
    ref,
    before: before ?? '0'.repeat(after.length),
    after,
    created: before === undefined,
    deleted: false,
    forced,
    base_ref: null,
    head_commit: headCommitJson(repository, after),
  };
}

function headCommitJson(repository: Repository, sha: string) {
  const commit = readGitFacts(repository.gitDir).commits(sha, 0, 1)[0];
  if (!commit) return null;
  const { name, email } = commit.author;
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name, email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

function commitOf(repository: Repository, ref: string): string {
  const sha = readGitFacts(repository.gitDir).resolve(ref);
  if (!sha) throw new Error(`no ${ref} in ${repository.fullName}`);
  return sha;
}
