import { AppError } from '../core/errors/app-error.ts';
import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import { namesIn } from './job-identity.ts';
import { hasCheckOfItsOwn } from './own-check.ts';

const CHOICES = ['dataset', 'model', 'set'] as const;

/**
 * The input by which a person who dispatched the workflow chose what is trained; null where nobody did. Legs of a matrix choose too, but
 * the workflow's file says what they are.
 */
export function choiceOfDispatch(
  { event }: Pick<JobContext, 'event'>,
  { options }: Pick<Inputs, 'options'>,
): (typeof CHOICES)[number] | null {
  if (event.kind !== 'ref' || event.name !== 'workflow_dispatch') return null;
  return CHOICES.find((name) => namesIn(options[name]).length > 0) ?? null;
}

/** Whether a trial ends as its gates say: only where its check is none that a pull request could need. */
export async function endsAsItself(context: Pick<JobContext, 'workflow' | 'job'>, { change }: Job): Promise<boolean> {
  const checkedOut = await change.commits.checkedOut();
  return checkedOut.kind === 'commit' && hasCheckOfItsOwn(context, checkedOut.commit);
}

/** A trial is no verdict on a change: its check would belong to the commit, like that of the pull request. */
export function isNoVerdict(choice: string): AppError {
  return new AppError({
    message: `a dispatched workflow that chooses by the input \`${choice}\` tries something out, so it passes for no commit`,
    next: 'read the report above for its results; the job of the pull request judges the commit. A workflow of its own ends as its gates say: see /retrain in docs/app.md',
  });
}
