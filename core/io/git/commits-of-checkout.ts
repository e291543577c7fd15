import type { Commits } from '../../ports/commit-tree.ts';
import { openCheckout } from './clone.ts';
import { createCommits } from './commits.ts';
import { createFetchedCommits } from './fetched-commits.ts';
import type { Remote } from './git-remote.ts';

/**
 * Commits of a job's checkout; what it lacks comes from the repository on GitHub, with the job's token.
 *
 * @param of.folder of the project, in the workspace.
 * @param of.workDir a folder outside of the workspace, in the runner's temporary folder.
 */
export function openCommitsOfCheckout(
  of: Remote & { readonly workspace: string; readonly folder: string; readonly workDir: string },
): Commits {
  const { workspace, folder } = of;
  return createCommits({
    folder,
    openClone: () => openCheckout(workspace, folder),
    openRemote: async () => createFetchedCommits({ ...of, access: 'isolated' }),
  });
}
