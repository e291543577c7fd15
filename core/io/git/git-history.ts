import type { History } from '../../ports/history.ts';
import { type Clone, commitNamed, openClone } from './clone.ts';
import type { Git } from './git.ts';

/** The history of the clone that holds `folder`. */
export function createGitHistory(folder: string): History {
  let opened: Promise<Clone | null> | undefined;
  /** Git and the commits that the names stand for; undefined when one of them is unknown. */
  const find = async (...names: readonly string[]) => {
    opened ??= openClone(folder);
    const git = (await opened)?.git;
    if (!git) return undefined;
    const commits: string[] = [];
    for (const name of names) {
      const sha = await commitNamed(git, name);
      if (!sha) return undefined;
      commits.push(sha);
    }
    return { git, commits };
  };
  return {
    async mergeBase(a, b) {
      const found = await find(a, b);
      return (await found?.git.tryRun(['merge-base', ...found.commits]))?.trim();
    },
    async firstParents(sha, limit) {
      const found = limit < 1 ? undefined : await find(sha);
      const count = `--max-count=${Math.floor(limit)}`;
      const parents = await found?.git.tryRun(['rev-list', '--first-parent', count, ...found.commits]);
      return parents?.split('\n').filter(Boolean) ?? [];
    },
    async isShallow() {
      const found = await find();
      return (await found?.git.tryRun(['rev-parse', '--is-shallow-repository']))?.trim() === 'true';
    },
    async fileAt(sha, path) {
      const found = await find(sha);
      return found?.git.tryRun(['cat-file', 'blob', `${found.commits[0]}:${path}`]);
    },
    async changedFiles(base, head) {
      const found = await find(base, head);
      const options = ['-r', '-z', '--name-only', '--no-renames'];
      const changed = await found?.git.tryRun(['diff-tree', ...options, ...found.commits]);
      return changed?.split('\0').filter(Boolean);
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
 * The state of the clone that holds `folder`; all null when there is none, or no git. For a laptop: to tell whether files
 * differ from their commit, git runs the filters that the user has configured (`git lfs`).
 *
 * @throws GitError when there is one that git refuses to read, as when it belongs to another user.
 */
export async function readGitState(folder: string): Promise<GitState> {
  const clone = await openClone(folder);
  if (clone === null) return { sha: null, branch: null, dirty: false, defaultBranch: null, root: null };
  const { git, root } = clone;
  const [sha, branch, status, defaultBranch] = await Promise.all([
    commitNamed(git, 'HEAD'),
    git.tryRun(['symbolic-ref', '--quiet', '--short', 'HEAD']),
    git.run(['status', '--porcelain', '--untracked-files=no']),
    findDefaultBranch(git),
  ]);
  return { sha: sha ?? null, branch: branch?.trim() ?? null, dirty: status !== '', defaultBranch, root };
}

async function findDefaultBranch(git: Git): Promise<string | null> {
  const head = await git.tryRun(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  // What it names may be gone: the default branch was renamed, and this clone was not told.
  if (head && (await commitNamed(git, `refs/remotes/${head.trim()}`))) return head.trim().replace(/^origin\//, '');
  for (const prefix of ['refs/remotes/origin', 'refs/heads']) {
    for (const name of ['main', 'master']) if (await commitNamed(git, `${prefix}/${name}`)) return name;
  }
  return null;
}
