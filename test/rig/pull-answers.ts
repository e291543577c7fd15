import type { GitFacts } from './git-facts.ts';
import { fullRepositoryJson, node, userOf } from './rest-answers.ts';
import type { PullRequest } from './state.ts';

/** A pull request as lists have it. */
export function pullRequestJson(pull: PullRequest, web: string) {
  const { number, base, head } = pull;
  const api = `${web}/api/v3/repos/${base.repository.fullName}`;
  const html = `${web}/${base.repository.fullName}/pull/${number}`;
  const links = {
    self: `${api}/pulls/${number}`,
    html,
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${api}/pulls/${number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${api}/pulls/${number}/commits`,
    statuses: `${api}/statuses/${head.sha}`,
  };
  const { self, html: _, ...others } = links;
  return {
    id: pull.id,
    node_id: node('PullRequest', pull.id),
    number,
    state: pull.state,
    draft: pull.draft,
    locked: false,
    title: pull.title,
    body: pull.body,
    user: userOf(pull.login, web),
    author_association: 'CONTRIBUTOR',
    labels: [],
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    milestone: null,
    auto_merge: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeSha,
    base: sideJson(base, web),
    head: sideJson(head, web),
    url: self,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    ...Object.fromEntries(Object.entries(others).map(([name, url]) => [`${name}_url`, url])),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

/** A pull request as its own address has it. */
export function fullPullRequestJson(pull: PullRequest, facts: GitFacts, comments: number, web: string) {
  const merged = pull.mergedAt !== null;
  const mergeable = pull.state === 'open' ? pull.mergeSha !== null && facts.resolve(pull.mergeSha) !== undefined : null;
  const fork = facts.mergeBase(pull.base.sha, pull.head.sha) ?? pull.base.sha;
  return {
    ...pullRequestJson(pull, web),
    merged,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    rebaseable: mergeable,
    merged_by: merged ? userOf(pull.login, web) : null,
    maintainer_can_modify: false,
    comments,
    review_comments: 0,
    commits: facts.count(`${fork}..${pull.head.sha}`),
    changed_files: facts.changedFiles(fork, pull.head.sha).length,
    additions: 0,
    deletions: 0,
  };
}

/** A pull request as runs and checks name it: only those with a head in the same repository. */
export function minimalPullRequestJson({ id, number, base, head }: PullRequest, web: string) {
  const side = ({ repository, ref, sha }: PullRequest['head']) => ({
    ref,
    sha,
    repo: {
      id: repository!.id,
      name: repository!.name,
      url: `${web}/api/v3/repos/${repository!.fullName}`,
    },
  });
  const url = `${web}/api/v3/repos/${base.repository.fullName}/pulls/${number}`;
  return { id, number, url, base: side(base), head: side(head) };
}

function sideJson({ repository, ref, sha }: PullRequest['head'], web: string) {
  const owner = repository?.owner ?? 'unknown';
  return {
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: repository && userOf(owner, web),
    repo: repository && fullRepositoryJson(repository, web),
  };
}
