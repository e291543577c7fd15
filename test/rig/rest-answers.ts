import type { Commit, TreeEntry } from './git-facts.ts';
import type { Artifact, Comment, Repository, WorkflowRun } from './state.ts';

/** The JSON that GitHub answers with, all fields its description requires. */

const node = (kind: string, id: number | string) => Buffer.from(`${kind}:${id}`).toString('base64');

function userOf(login: string, web: string) {
  const url = `${web}/api/v3/users/${encodeURIComponent(login)}`;
  const links = ['followers', 'following', 'gists', 'starred', 'subscriptions', 'organizations', 'repos', 'events'];
  return {
    login,
    id: 1 + (login.length % 1000),
    node_id: node('User', login),
    avatar_url: `${web}/avatars/${encodeURIComponent(login)}`,
    gravatar_id: '',
    url,
    html_url: `${web}/${encodeURIComponent(login)}`,
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${url}/${name}`])),
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  };
}

const REPOSITORY_LINKS = [
  'archive',
  'assignees',
  'blobs',
  'branches',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'git_commits',
  'git_refs',
  'git_tags',
  'hooks',
  'issue_comment',
  'issue_events',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'tags',
  'teams',
  'trees',
];

export function repositoryJson(repository: Repository, web: string) {
  const url = `${web}/api/v3/repos/${repository.fullName}`;
  return {
    id: repository.id,
    node_id: node('Repository', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: userOf(repository.owner, web),
    html_url: `${web}/${repository.fullName}`,
    description: null,
    fork: false,
    default_branch: repository.defaultBranch,
    url,
    ...Object.fromEntries(REPOSITORY_LINKS.map((name) => [`${name}_url`, `${url}/${name}`])),
  };
}

export function commitJson(commit: Commit, repository: Repository, web: string) {
  const api = `${web}/api/v3/repos/${repository.fullName}`;
  const page = (sha: string) => `${web}/${repository.fullName}/commit/${sha}`;
  return {
    sha: commit.sha,
    node_id: node('Commit', commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: page(commit.sha),
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    },
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: page(sha) })),
  };
}

/** A commit as the database of git objects has it. */
export function gitCommitJson(commit: Commit, { fullName }: Repository, web: string) {
  const api = `${web}/api/v3/repos/${fullName}/git`;
  const page = (sha: string) => `${web}/${fullName}/commit/${sha}`;
  return {
    sha: commit.sha,
    node_id: node('Commit', commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: page(commit.sha),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: page(sha) })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

export function refJson(ref: { readonly name: string; readonly sha: string }, { fullName }: Repository, web: string) {
  const api = `${web}/api/v3/repos/${fullName}/git`;
  return {
    ref: ref.name,
    node_id: node('Ref', ref.name),
    url: `${api}/${ref.name}`,
    object: { sha: ref.sha, type: 'commit', url: `${api}/commits/${ref.sha}` },
  };
}

/** @param limit entries after which GitHub cuts the list. */
export function treeJson(
  sha: string,
  entries: readonly TreeEntry[],
  limit: number,
  { fullName }: Repository,
  web: string,
) {
  const api = `${web}/api/v3/repos/${fullName}/git`;
  return {
    sha,
    url: `${api}/trees/${sha}`,
    tree: entries.slice(0, limit).map(({ mode, type, sha: id, name, size }) => ({
      path: name,
      mode,
      type,
      sha: id,
      ...(type === 'blob' && { size }),
      ...(type !== 'commit' && { url: `${api}/${type}s/${id}` }),
    })),
    truncated: entries.length > limit,
  };
}

export function commentJson(comment: Comment, web: string) {
  const api = `${web}/api/v3/repos/${comment.repository}/issues`;
  return {
    id: comment.id,
    node_id: node('IssueComment', comment.id),
    url: `${api}/comments/${comment.id}`,
    html_url: `${web}/${comment.repository}/pull/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/${comment.number}`,
    body: comment.body,
    user: userOf(comment.login, web),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'NONE',
  };
}

export function workflowRunJson(run: WorkflowRun, head: Commit | undefined, web: string) {
  const url = `${web}/api/v3/repos/${run.repository.fullName}/actions/runs/${run.id}`;
  const links = ['jobs', 'logs', 'cancel', 'rerun', 'artifacts'];
  return {
    id: run.id,
    node_id: node('WorkflowRun', run.id),
    name: 'workflow',
    check_suite_id: run.id,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    run_number: 1,
    run_attempt: run.attempt,
    event: run.event,
    status: 'in_progress',
    conclusion: null,
    workflow_id: 1,
    url,
    html_url: `${web}/${run.repository.fullName}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.createdAt,
    actor: userOf(run.login, web),
    run_started_at: run.createdAt,
    triggering_actor: userOf(run.login, web),
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${url}/${name}`])),
    check_suite_url: `${url}/suite`,
    workflow_url: `${url}/workflow`,
    display_title: 'A run',
    head_commit: head
      ? {
          id: head.sha,
          tree_id: head.tree,
          message: head.message,
          timestamp: head.committer.date,
          author: { name: head.author.name, email: head.author.email },
          committer: { name: head.committer.name, email: head.committer.email },
        }
      : null,
    repository: repositoryJson(run.repository, web),
    head_repository: repositoryJson(run.headRepository, web),
  };
}

export function artifactJson(artifact: Artifact, run: WorkflowRun, web: string) {
  const url = `${web}/api/v3/repos/${run.repository.fullName}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: node('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.bytes.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.createdAt,
    workflow_run: {
      id: run.id,
      repository_id: run.repository.id,
      head_repository_id: run.headRepository.id,
      ...(run.headBranch === null ? {} : { head_branch: run.headBranch }),
      head_sha: run.headSha,
    },
  };
}
