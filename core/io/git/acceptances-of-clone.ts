import { type AcceptanceStore, createAcceptanceStore } from '../../tracking/acceptance-store.ts';
import { cloneOrNull } from './clone.ts';
import { createGitRecordFiles } from './git-record-files.ts';
import { cacheIn, originOf } from './runs-of-clone.ts';

/** The acceptances on the branch of runs of a clone's `origin`; undefined where there is none. */
export async function openAcceptancesOfClone(folder: string, branch: string): Promise<AcceptanceStore | undefined> {
  const clone = await cloneOrNull(folder);
  const remote = clone === null ? undefined : await originOf(clone);
  if (clone === null || remote === undefined) return undefined;
  return createAcceptanceStore(createGitRecordFiles({ remote, branch, ...cacheIn(clone, 'accepted') }));
}
