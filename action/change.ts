import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../core/errors/app-error.ts';
import { openCommitsOfCheckout } from '../core/io/git/commits-of-checkout.ts';
import { once, remembered } from '../core/once.ts';
import type { Change } from '../core/ports/change.ts';
import { createChangeFacts } from '../github/change-facts.ts';
import { refuseSharedHead } from '../github/shared-head.ts';
import { jobStanding } from '../github/standing.ts';
import type { JobContext } from './context.ts';
import { remoteOf } from './job-records.ts';

/** The change that a job works on. */
export async function jobChange(context: JobContext, folder: string): Promise<Change> {
  const { event, octokit, repository, history, runUrl, runId, runAttempt, isPrivate, branch, workspace, sha } = context;
  const { serverUrl, temp, token } = context;
  const project = await realpath(join(workspace, folder)).catch(() => join(workspace, folder));
  const asked = createChangeFacts(octokit, repository);
  // Rules and standing ask for the same pull request and branches, and have to get the same answer.
  const facts = {
    ...asked,
    pullRequest: remembered(asked.pullRequest),
    branchHead: remembered(asked.branchHead),
    isProtected: remembered(asked.isProtected),
  };
  const commits = openCommitsOfCheckout({
    remote: remoteOf(context),
    serverUrl,
    ...{ workspace, folder: project, workDir: join(temp, 'mlops-commits.git') },
    ...(token !== undefined && { token }),
  });
  const checkedOut = async () => {
    const found = await commits.checkedOut();
    if (found.kind === 'commit') return found;
    throw new AppError({ message: `there is nothing to judge: ${found.why}`, next: found.next });
  };
  const defaultBranch = once(async () => {
    const name =
      event.kind === 'pull_request'
        ? (await facts.pullRequest(event.number)).defaultBranch
        : await facts.defaultBranch();
    const head = await facts.branchHead(name);
    return head === null ? null : { name, sha: head };
  });
  return {
    place: event.kind === 'ref' ? 'branch' : event.kind,
    headSha: 'headSha' in event ? event.headSha : null,
    runUrl,
    workflow: { runId, attempt: runAttempt },
    isPrivate,
    history,
    commits,
    head: async () => ({ sha: (await checkedOut()).commit.id, branch }),
    // What an earlier step edited is refused, or not recorded.
    isDirty: async () => false,
    defaultBranch,
    async standing(tracked) {
      const { commit } = await checkedOut();
      const ofDefault = await defaultBranch();
      const job = { event, sha, attempt: runAttempt, commit, defaultBranch: ofDefault };
      const standing = await jobStanding(job, facts, tracked);
      // A commit of a merge queue is the head of no pull request. A push to a branch that sets rules is judged by that branch.
      if (event.kind === 'merge_group' || standing.kind === 'tracked_branch' || ofDefault === null) return standing;
      const into = (standing.kind === 'change' ? standing.into : null) ?? ofDefault.name;
      const pull = event.kind === 'pull_request' ? event : { headSha: sha, number: null };
      await refuseSharedHead(pull.headSha, { into, number: pull.number }, tracked, facts);
      return standing;
    },
  };
}
