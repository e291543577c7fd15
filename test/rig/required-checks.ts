import { syncPullRequest } from './pull-requests.ts';
import type { CheckRun, CommitStatus, PullRequest, State } from './state.ts';

export interface RequiredCheck {
  readonly name: string;
  /** `expected`: nothing on the commit has the name. */
  readonly state: 'green' | 'red' | 'pending' | 'expected';
}

export interface Mergeable {
  readonly mergeable: boolean;
  readonly checks: readonly RequiredCheck[];
}

/**
 * What the merge button goes by: checks and statuses of the head commit, whichever pull request, base branch or event they
 * were made for. Skipped and neutral count as green. The newest check of a name counts; where a status has the name too, both do.
 */
export function readMergeable(state: State, pull: PullRequest, required: readonly string[]): Mergeable {
  const { base, head, mergeSha } = syncPullRequest(state, pull);
  const checks = required.map((name) => ({ name, state: checkState(state, base.repository.fullName, head.sha, name) }));
  return { mergeable: mergeSha !== null && checks.every((one) => one.state === 'green'), checks };
}

/** The same for the head commit of a group in the merge queue. */
export function checkState(state: State, repository: string, sha: string, name: string): RequiredCheck['state'] {
  const of = <T extends { readonly repository: string }>(all: readonly T[], has: (one: T) => boolean) =>
    all.filter((one) => one.repository === repository && has(one)).at(-1);
  const check = of(state.checkRuns, (one) => one.headSha === sha && one.name === name);
  const status = of(state.statuses, (one) => one.sha === sha && one.context.toLowerCase() === name.toLowerCase());
  const states = [check && stateOfCheck(check), status && stateOfStatus(status)].filter((one) => one !== undefined);
  return (['red', 'pending', 'green'] as const).find((one) => states.includes(one)) ?? 'expected';
}

function stateOfCheck({ status, conclusion }: CheckRun): RequiredCheck['state'] {
  if (status !== 'completed') return 'pending';
  return conclusion === 'success' || conclusion === 'skipped' || conclusion === 'neutral' ? 'green' : 'red';
}

function stateOfStatus({ state }: CommitStatus): RequiredCheck['state'] {
  return state === 'success' ? 'green' : state === 'pending' ? 'pending' : 'red';
}
