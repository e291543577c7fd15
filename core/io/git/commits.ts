import { relative, sep } from 'node:path';
import type { CheckedOut, Commits, CommitTree, NoCommit } from '../../ports/commit-tree.ts';
import { type Clone, commitNamed } from './clone.ts';
import { checkoutOf, fileStateOf } from './file-state.ts';
import { type Git, GitError } from './git.ts';
import { openTree, parentsOf, type TreeSource } from './git-tree.ts';

/** Where commits come from that a clone lacks. */
export interface RemoteCommits {
  /** @returns null when the remote has no such commit. */
  open(id: string): Promise<CommitTree | null>;
  /** The repository that has these blobs afterwards. */
  fetchBlobs(ids: readonly string[]): Promise<Git>;
}

/**
 * Commits of the clone that holds the project's folder.
 *
 * @param of.folder absolute, without symlinks.
 * @param of.remote undefined where there is none, or it must not be asked.
 */
export function createCommits(of: {
  readonly folder: string;
  openClone(): Promise<Clone | NoCommit>;
  openRemote?(clone: Clone): Promise<RemoteCommits | undefined>;
}): Commits {
  const opened = once(of.openClone);
  const remote = once(async () => {
    const clone = await opened();
    return clone.kind === 'clone' ? of.openRemote?.(clone) : undefined;
  });
  const sourceOf = ({ git }: Clone): TreeSource => ({
    git,
    hasBlobs: true,
    fetchBlobs: async (ids) => (await remote())?.fetchBlobs(ids),
  });

  const checkedOut = once(async (): Promise<CheckedOut | NoCommit> => {
    const clone = await opened();
    if (clone.kind !== 'clone') return clone;
    const { git, root } = clone;
    const source = sourceOf(clone);
    let commit: CommitTree | null;
    try {
      const id = await commitNamed(git, 'HEAD');
      if (id === undefined) return (await isUnborn(git)) ? NO_COMMIT : unreadable(root, 'HEAD names no commit');
      commit = await openTree(source, id);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      return unreadable(root, error.problems[0]!.found ?? error.problems[0]!.message);
    }
    if (commit === null) return unreadable(root, 'the commit that HEAD names is missing');
    const checkout = checkoutOf(root, commit, source);
    return {
      kind: 'commit',
      commit,
      folder: relative(root, of.folder).split(sep).join('/'),
      stateOf: (path) => fileStateOf(checkout, path),
    };
  });

  return {
    checkedOut,
    async open(id) {
      const clone = await opened();
      if (clone.kind !== 'clone') return null;
      const tree = await openTree(sourceOf(clone), id);
      return tree ?? (await remote())?.open(id) ?? null;
    },
    async firstParents(tip, limit) {
      const clone = await opened();
      const id = clone.kind === 'clone' && limit >= 1 ? await commitNamed(clone.git, tip) : undefined;
      if (clone.kind !== 'clone' || id === undefined) return { ids: [], isComplete: false };
      const out = await clone.git.run(['rev-list', '--first-parent', `--max-count=${Math.floor(limit)}`, id]);
      const ids = out.split('\n').filter(Boolean);
      const parents = await parentsOf(clone.git, ids.at(-1)!);
      return { ids, isComplete: parents?.length === 0 };
    },
  };
}

const NO_COMMIT: NoCommit = {
  kind: 'no_commit',
  why: 'the repository has no commit yet',
  next: 'commit the project',
};

function unreadable(root: string, why: string): NoCommit {
  return { kind: 'unreadable', why: `git cannot read the repository in ${root}: ${why}`, next: 'run `git fsck` there' };
}

/** Whether HEAD names a branch that has no commit. */
async function isUnborn(git: Git): Promise<boolean> {
  const branch = (await git.tryRun(['symbolic-ref', '--quiet', 'HEAD']))?.trim();
  return branch !== undefined && (await git.tryRun(['rev-parse', '--verify', '--quiet', branch])) === undefined;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
