import type { Commits } from '../../ports/commit-tree.ts';
import { openClone } from './clone.ts';
import { createCommits } from './commits.ts';
import { createFetchedCommits } from './fetched-commits.ts';
import { cacheIn, originOf } from './runs-of-clone.ts';

/** Commits of the clone that holds a person's project; what it lacks comes from `origin`, as that person reaches it. */
export function openCommitsOfClone(folder: string): Commits {
  return createCommits({
    folder,
    openClone: () => openClone(folder),
    async openRemote(clone) {
      const remote = clone ? await originOf(clone) : undefined;
      return clone && remote !== undefined ? createFetchedCommits({ remote, ...cacheIn(clone, 'commits') }) : undefined;
    },
  });
}
