import { AppError } from '../../errors/app-error.ts';
import type { Outcome } from '../command.ts';
import { type JudgedRuns, pipelineWork, runSteps } from '../pipeline/pipeline-work.ts';
import type { CommandPorts } from '../ports.ts';

/** Tables are made here too, of their generators, so that the truth is this job's own. */
const STEPS = { generate: true, train: false, tune: false, judge: true };

const shown = pipelineWork('publish', STEPS);
export const { result, terminal } = shown;
export const markdown = shown.markdown!;

/** Judges what other jobs trained. No code of the repository runs here. */
export function run(
  world: CommandPorts,
  options: { readonly threads?: number | undefined },
): Promise<Outcome<JudgedRuns>> {
  if (!world.claims)
    throw new AppError({
      message: '`publish` judges what other jobs of the same workflow run trained, and nothing says which',
      next: 'use the workflow of docs/three-jobs.md; on a laptop `mlops compare` judges the runs of this machine',
    });
  return runSteps(world, { ...options, dataset: [], model: [], set: [], force: false }, 'publish', STEPS);
}
