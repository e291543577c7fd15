import type { Change } from '../core/ports/change.ts';

/**
 * The base commit of a change, trained in a job of its own as what it is: a commit of a branch that sets rules. Which commit it has to be
 * is checked by the job that compares with it.
 */
export function baseSide(change: Change): Change {
  return {
    ...change,
    place: 'branch',
    headSha: null,
    head: async () => ({ ...(await change.head()), branch: null }),
    standing: async () => ({ kind: 'tracked_branch', branch: null }),
  };
}
