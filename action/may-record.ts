import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import { choiceOfDispatch } from './trial.ts';

/** Whether the runs of a job are recorded, or why not. */
export type MayRecord = { readonly yes: true } | { readonly no: string };

/**
 * Whether what a job trained is recorded. Legs of a matrix choose datasets and models, and all are recorded; a person who
 * dispatches a workflow with a choice tries something out.
 *
 * @param withheld what else speaks against it.
 */
export function mayRecord(
  withheld: readonly string[],
  { event }: Pick<JobContext, 'event'>,
  { options }: Pick<Inputs, 'options'>,
): MayRecord {
  const chosen = choiceOfDispatch({ event }, { options });
  const reasons = [
    ...withheld,
    ...(chosen ? [`a dispatched workflow that chooses by the input \`${chosen}\` is a trial`] : []),
  ];
  return reasons.length === 0 ? { yes: true } : { no: reasons.join('; ') };
}
