import { folderOfPath } from '../../core/change/repository-path.ts';
import type { CheckedOut, Commits, CommitTree } from '../../core/ports/commit-tree.ts';

/** Commits of a change as nobody has checked them out: what lies on disk is what the commit has. */
export function commitsOfChange(
  candidate: CommitTree,
  project: string,
  open: (sha: string) => Promise<CommitTree | null>,
): Commits & { readonly own: CheckedOut } {
  const own: CheckedOut = {
    kind: 'commit',
    commit: candidate,
    folder: folderOfPath(project),
    stateOf: async (path) => ({ kind: (await candidate.entries()).has(path) ? 'same' : 'nowhere' }),
  };
  return {
    own,
    checkedOut: async () => own,
    open,
    firstParents: async () => ({ ids: [], isComplete: false }),
  };
}
