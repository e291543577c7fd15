import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { once, remembered } from '../../once.ts';
import type { CheckedOut, Commits, CommitTree, NoCommit } from '../../ports/commit-tree.ts';
import { type BlobReader, createBlobReader } from './blob-reader.ts';
import { type Clone, commitNamed } from './clone.ts';
import type { FetchedCommits } from './fetched-commits.ts';
import { fileStateOf } from './file-state.ts';
import { GitError } from './git.ts';
import { isObjectId, openTree, parentsOf } from './git-tree.ts';
import { headOf } from './head-commit.ts';

/**
 * Commits of the repository that holds the project's folder.
 *
 * @param of.openRemote where commits come from that the repository lacks; undefined where they come from nowhere.
 */
export function createCommits(of: {
  readonly folder: string;
  openClone(): Promise<Clone | NoCommit>;
  openRemote?(clone: Clone | null): Promise<FetchedCommits | undefined>;
}): Commits {
  const opened = once(of.openClone);
  const cloneOrNull = async () => {
    const clone = await opened();
    return clone.kind === 'clone' ? clone : null;
  };
  const remote = once(async () => {
    const clone = await opened();
    return clone.kind === 'no_git' ? undefined : of.openRemote?.(await cloneOrNull());
  });
  const readBlobs: BlobReader = async (ids, maxBytes) =>
    createBlobReader((await cloneOrNull())?.git, async (missing) => (await remote())?.fetchBlobs(missing))(
      ids,
      maxBytes,
    );

  const checkedOut = once(async (): Promise<CheckedOut | NoCommit> => {
    const clone = await opened();
    if (clone.kind !== 'clone') return clone;
    const { git, root } = clone;
    const id = await headOf(clone);
    if (typeof id !== 'string') return id;
    const commit = (await openTree({ git, hasBlobs: true, readBlobs }, id))!;
    const checkout = { root, commit, readBlobs };
    return {
      kind: 'commit',
      commit,
      folder: relative(root, await realpath(of.folder))
        .split(sep)
        .join('/'),
      // Several ask for the same tables, which may be large.
      stateOf: remembered((path: string) => fileStateOf(checkout, path)),
    };
  });

  return {
    checkedOut,
    async open(id) {
      if (!isObjectId(id)) return null;
      const clone = await cloneOrNull();
      const tree = clone && (await openTree({ git: clone.git, hasBlobs: true, readBlobs }, id));
      if (tree && (await hasTrees(tree))) return tree;
      const git = await (await remote())?.fetchCommit(id);
      return git ? openTree({ git, hasBlobs: false, readBlobs }, id) : null;
    },
    async firstParents(tip, limit) {
      const clone = await cloneOrNull();
      const id = clone && limit >= 1 ? await commitNamed(clone.git, tip) : undefined;
      if (clone === null || id === undefined) return { ids: [], isComplete: false };
      const out = await clone.git.run(['rev-list', '--first-parent', `--max-count=${Math.floor(limit)}`, id]);
      const ids = out.split('\n').filter(Boolean);
      const parents = await parentsOf(clone.git, ids.at(-1)!);
      return { ids, isComplete: parents?.length === 0 };
    },
  };
}

/** A clone may have a commit and not all of its folders, if it was made so. */
async function hasTrees(tree: CommitTree): Promise<boolean> {
  try {
    await tree.entries();
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}
