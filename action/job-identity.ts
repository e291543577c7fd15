import { DEFAULT_CONFIG } from '../core/commands/options.ts';
import type { JobIdentity } from '../github/job-key.ts';
import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';

/** What tells this job from every other of the repository: legs of a matrix share a name, so what they chose counts too. */
export function identityOf(
  { workflow, job }: Pick<JobContext, 'workflow' | 'job'>,
  { options, workingDirectory }: Pick<Inputs, 'options' | 'workingDirectory'>,
): JobIdentity {
  const { config, dataset, model } = options;
  return {
    workflow,
    job,
    folder: workingDirectory,
    config: typeof config === 'string' ? config : DEFAULT_CONFIG,
    datasets: namesIn(dataset),
    models: namesIn(model),
  };
}

/** The values of an option that is a list. */
export function namesIn(option: unknown): readonly string[] {
  return Array.isArray(option) ? option.map(String) : [];
}
