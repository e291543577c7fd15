import type { NoCommit } from '../../ports/commit-tree.ts';
import { type Clone, commitNamed } from './clone.ts';
import { type Git, GitError } from './git.ts';
import { parentsOf } from './git-tree.ts';

/** The id of the commit that is checked out, or why there is none. */
export async function headOf({ git, root }: Clone): Promise<string | NoCommit> {
  try {
    const id = await commitNamed(git, 'HEAD');
    if (id === undefined) return (await isUnborn(git)) ? NO_COMMIT : unreadable(root, 'HEAD names no commit');
    return (await parentsOf(git, id)) === undefined ? unreadable(root, 'the commit that HEAD names is missing') : id;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return unreadable(root, error.problems[0]!.found ?? error.problems[0]!.message);
  }
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
