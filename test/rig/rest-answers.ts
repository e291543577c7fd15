import type { Commit, TreeEntry } from './git-facts.ts';
import type { Comment, Repository } from './state.ts';

/** The JSON that GitHub answers with, all fields its description requires. */

export const node = (kind: string, id: number | string) => Buffer.from(`${kind}:${id}`).toString('base64');

export function userOf(login: string, web: string) {
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
    fork: repository.forkOf !== null,
    default_branch: repository.defaultBranch,
    url,
    ...Object.fromEntries(REPOSITORY_LINKS.map((name) => [`${name}_url`, `${url}/${name}`])),
  };
}

/** A repository with all that its own page, and the head and base of a pull request, tell of it. */
export function fullRepositoryJson(repository: Repository, web: string) {
  const counts = ['forks', 'open_issues', 'stargazers', 'watchers'];
  const has = ['issues', 'projects', 'wiki', 'pages', 'discussions', 'downloads'];
  const git = repository.url.replace(/^http/, 'git');
  return {
    ...repositoryJson(repository, web),
    clone_url: `${repository.url}.git`,
    git_url: `${git}.git`,
    ssh_url: `git@github.com:${repository.fullName}.git`,
    svn_url: repository.url,
    ...Object.fromEntries(counts.map((name) => [`${name}_count`, 0])),
    ...Object.fromEntries(has.map((name) => [`has_${name}`, false])),
    forks: 0,
    open_issues: 0,
    watchers: 0,
    network_count: 0,
    subscribers_count: 0,
    size: 0,
    homepage: null,
    language: null,
    license: null,
    mirror_url: null,
    archived: false,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    pushed_at: repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
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
