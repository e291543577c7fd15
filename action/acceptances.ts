import type { Acceptances } from '../core/comparison/with-acceptances.ts';
import type { AcceptRole } from '../core/config/accept-role.ts';
import type { Run } from '../core/tracking/run.ts';
import { readAcceptances } from '../github/acceptances.ts';
import { mergedPulls } from '../github/merged-pulls.ts';
import { queuedPulls } from '../github/queued-pulls.ts';
import type { JobContext } from './context.ts';

/**
 * What was accepted by comments on the pull request of this job: on all of a merge group, and on those that a push merged.
 *
 * @param options.branches those that set rules here: on no other does an acceptance live on.
 */
export function acceptancesOfJob(
  { event, octokit, repository, history, sha, branch }: JobContext,
  role: AcceptRole,
  { branches, recorded }: { readonly branches: readonly string[]; readonly recorded: readonly Run[] },
): Promise<Acceptances> {
  return readAcceptances(octokit, repository, role, async () => {
    switch (event.kind) {
      case 'pull_request':
        return [event];
      case 'merge_group':
        return queuedPulls(octokit, repository, event);
      case 'ref':
        if (branch === null || !branches.includes(branch)) return [];
        return mergedPulls(octokit, repository, { sha, branch, history, recorded });
    }
  });
}
