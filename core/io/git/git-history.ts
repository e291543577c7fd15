import type { NoCommit } from '../../ports/commit-tree.ts';
import type { History } from '../../ports/history.ts';
import { createBlobReader } from './blob-reader.ts';
import { type Clone, cloneOrNull, commitNamed, openClone, settingOf } from './clone.ts';
import { diskStateOf } from './file-state.ts';
import type { Git } from './git.ts';
import { listTree, openTree } from './git-tree.ts';
import { headOf } from './head-commit.ts';

/** The history of the clone that holds `folder`. */
export function createGitHistory(folder: string): History {
  let opened: Promise<Clone | null> | undefined;
  /** Git and the commits that the names stand for; undefined when one of them is unknown. */
  const find = async (...names: readonly string[]) => {
    opened ??= cloneOrNull(folder);
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
      const [before, after] = await Promise.all(
        found?.commits.map((id) => listTree({ git: found.git, hasBlobs: false }, id)) ?? [],
      );
      if (!before || !after) return undefined;
      const isSame = (path: string) =>
        before.get(path)?.id === after.get(path)?.id && before.get(path)?.mode === after.get(path)?.mode;
      return [...new Set([...before.keys(), ...after.keys()])].filter((path) => !isSame(path)).sort();
    },
  };
}

/** Where the user's work stands. */
export interface GitState {
  readonly sha: string | null;
  /** Why there is none; null where there is one. */
  readonly noCommit: NoCommit | null;
  /** Null when no branch is checked out. */
  readonly branch: string | null;
  /** The branch `origin/HEAD` names, else `main` or `master` where there is one, else the only branch. A claim of the clone. */
  readonly defaultBranch: string | null;
  /** The repository's folder. */
  readonly root: string | null;
}

/** The state of the clone that holds `folder`; where there is none that can be read it says why, and the rest is null. */
export async function readGitState(folder: string): Promise<GitState> {
  const clone = await openClone(folder);
  if (clone.kind !== 'clone') return { ...NOTHING, noCommit: clone };
  const { git, root } = clone;
  const sha = await headOf(clone);
  if (typeof sha !== 'string' && sha.kind !== 'no_commit') return { ...NOTHING, noCommit: sha };
  const [branch, defaultBranch] = await Promise.all([
    git.tryRun(['symbolic-ref', '--quiet', '--short', 'HEAD']),
    findDefaultBranch(git),
  ]);
  const at = { branch: branch?.trim() ?? null, defaultBranch, root };
  if (typeof sha !== 'string') return { sha: null, noCommit: sha, ...at };
  return { sha, noCommit: null, ...at };
}

const NOTHING = { sha: null, branch: null, defaultBranch: null, root: null } as const;

/** Files that are read at the same time. */
const AT_ONCE = 16;

/** Whether files of the commit are not on disk as it has them; others are not looked at, nor is the index. */
export async function isWorkingTreeDirty(folder: string): Promise<boolean> {
  const clone = await openClone(folder);
  const sha = clone.kind === 'clone' ? await headOf(clone) : null;
  return clone.kind === 'clone' && typeof sha === 'string' && isDirty(clone, sha);
}

/** Submodules are not looked into: they are other repositories. */
async function isDirty(clone: Clone, sha: string): Promise<boolean> {
  const readBlobs = createBlobReader(clone.git, async () => undefined);
  const commit = await openTree({ git: clone.git, hasBlobs: true, readBlobs }, sha);
  if (commit === null) return true;
  const checkout = { root: clone.root, commit, readBlobs };
  const entries = [...(await commit.entries()).values()].filter(({ kind }) => kind !== 'submodule');
  for (let i = 0; i < entries.length; i += AT_ONCE) {
    const some = entries.slice(i, i + AT_ONCE).map((entry) => diskStateOf(checkout, entry));
    const states = await Promise.all(some);
    if (states.includes('changed')) return true;
    if (states.includes('missing') && !(await isSparse(clone))) return true;
  }
  return false;
}

/** Whether the person has some of the files only. */
async function isSparse(clone: Clone): Promise<boolean> {
  return (await settingOf(clone, 'core.sparseCheckout')) === 'true';
}

async function findDefaultBranch(git: Git): Promise<string | null> {
  const head = await git.tryRun(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  // What it names may be gone: the default branch was renamed, and this clone was not told.
  if (head && (await commitNamed(git, `refs/remotes/${head.trim()}`))) return head.trim().replace(/^origin\//, '');
  for (const prefix of ['refs/remotes/origin', 'refs/heads']) {
    for (const name of ['main', 'master']) if (await commitNamed(git, `${prefix}/${name}`)) return name;
  }
  const branches = (await git.tryRun(['rev-parse', '--symbolic', '--branches', '--remotes']))
    ?.split('\n')
    .filter(Boolean);
  return branches?.length === 1 ? branches[0]! : null;
}
