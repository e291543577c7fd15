import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import { namesIn } from './job-identity.ts';

/** Whether the runs of a job are recorded, or why not. */
export type MayRecord = { readonly yes: true } | { readonly no: string };

/** Whether what a job trains is what its commit says, on a branch that records. */
export function mayRecord(
  { event, eventName, branch, defaultBranch }: Pick<JobContext, 'event' | 'eventName' | 'branch' | 'defaultBranch'>,
  { options }: Pick<Inputs, 'options'>,
): MayRecord {
  const given = (name: string) => namesIn(options[name]).length > 0;
  if (event.kind === 'pull_request' || event.kind === 'merge_group')
    return { no: 'a change is recorded when it is merged' };
  if (given('set')) return { no: 'the input `set` overrides mlops.yml, so these are no runs of this commit' };
  if (event.kind === 'default_branch') return { yes: true };
  if (eventName !== 'workflow_dispatch') return { no: event.why };
  if (branch !== defaultBranch) return { no: `this is not the default branch ${defaultBranch}` };
  const chosen = ['dataset', 'model'].find(given);
  if (chosen) return { no: `a dispatched workflow that chooses by the input \`${chosen}\` is a trial` };
  return { yes: true };
}
