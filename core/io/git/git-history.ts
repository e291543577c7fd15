import type { History } from '../../ports/history.ts';
import { createGit, type Git, GitError } from './git.ts';

/** The history of the repository that holds `cwd`. */
export function createGitHistory(cwd: string): History {
  const git = createGit(cwd);
  return {
    async mergeBase(a, b) {
      const [first, second] = [await commit(git, a), await commit(git, b)];
      if (!first || !second) return undefined;
      return (await git.tryRun(['merge-base', first, second]))?.trim();
    },
    async firstParents(sha, limit) {
      const start = await commit(git, sha);
      if (!start || limit < 1) return [];
      const found = await git.tryRun(['rev-list', '--first-parent', `--max-count=${Math.floor(limit)}`, start]);
      return found?.split('\n').filter(Boolean) ?? [];
    },
    async isShallow() {
      return (await git.tryRun(['rev-parse', '--is-shallow-repository']))?.trim() === 'true';
    },
    async fileAt(sha, path) {
      const at = await commit(git, sha);
      return at && (await git.tryRun(['cat-file', 'blob', `${at}:${path}`]));
    },
    async changedFiles(base, head) {
      const [from, to] = [await commit(git, base), await commit(git, head)];
      if (!from || !to) return undefined;
      const found = await git.tryRun(['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to]);
      return found?.split('\0').filter(Boolean);
    },
  };
}

/** Where the user's work stands. */
export interface GitState {
  readonly sha: string | null;
  /** Null when no branch is checked out. */
  readonly branch: string | null;
  /** Tracked files differ from the commit; files git does not know are not looked at. */
  readonly dirty: boolean;
  /** The branch `origin/HEAD` names, else `main` or `master` where there is one. A claim of the clone. */
  readonly defaultBranch: string | null;
  /** The repository's folder. */
  readonly root: string | null;
}

/**
 * The state of the repository that holds `cwd`; all null when there is none, or no git.
 *
 * @throws GitError when there is one that git refuses to read, as when it belongs to another user.
 */
export async function readGitState(cwd: string): Promise<GitState> {
  const git = createGit(cwd);
  const root = await repositoryRoot(git);
  if (root === null) return { sha: null, branch: null, dirty: false, defaultBranch: null, root: null };
  const [sha, branch, status, defaultBranch] = await Promise.all([
    commit(git, 'HEAD'),
    git.tryRun(['symbolic-ref', '--quiet', '--short', 'HEAD']),
    git.run(['status', '--porcelain', '--untracked-files=no']),
    findDefaultBranch(git),
  ]);
  return { sha: sha ?? null, branch: branch?.trim() ?? null, dirty: status !== '', defaultBranch, root };
}

async function repositoryRoot(git: Git): Promise<string | null> {
  try {
    return (await git.run(['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, '');
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (error.kind === 'missing' || /not a git repository|must be run in a work tree/.test(error.stderr)) return null;
    throw error;
  }
}

async function findDefaultBranch(git: Git): Promise<string | null> {
  const head = await git.tryRun(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  // What it names may be gone: the default branch was renamed, and this clone was not told.
  if (head && (await commit(git, `refs/remotes/${head.trim()}`))) return head.trim().replace(/^origin\//, '');
  for (const prefix of ['refs/remotes/origin', 'refs/heads']) {
    for (const name of ['main', 'master']) if (await commit(git, `${prefix}/${name}`)) return name;
  }
  return null;
}

async function commit(git: Git, name: string): Promise<string | undefined> {
  if (name === '' || name.includes('\0')) return undefined;
  const found = await git.tryRun(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return found?.trim() || undefined;
}
