import * as core from '@actions/core';
import { result as planSchema } from '../core/commands/plan/plan-work.ts';
import { AppError } from '../core/errors/app-error.ts';
import { verbatim } from '../core/report/markdown-blocks.ts';
import { claimName } from '../github/job-key.ts';
import type { JobContext } from './context.ts';
import type { Job } from './job.ts';
import { legOutput } from './needs.ts';
import { uploadFolder } from './upload.ts';
import { writeSummary } from './workflow-log.ts';

/**
 * Hands what a leg trained over to the job that judges it: as an artifact, and its SHA-256 as an output.
 *
 * @throws AppError where it could not be uploaded.
 */
export async function handOver(
  context: JobContext,
  { work, outcome, artifactRoot }: Job,
  { leg, key }: { readonly leg: number; readonly key: string },
): Promise<void> {
  const { name, fault, digest } = await uploadFolder(context, claimName(key, context.runAttempt), artifactRoot);
  if (fault !== null || digest === null)
    throw new AppError({
      message: 'what was trained cannot be handed over to the job that judges it',
      found: fault ?? 'the upload has no digest',
      next: 're-run the job; on a server without artifacts train and judge in one job',
    });
  core.setOutput(legOutput(leg), digest);
  core.setOutput('artifact', name);
  core.setOutput('outcome', 'done');
  await writeSummary(verbatim(work.terminal(outcome)));
}

/** Tells the jobs after this one what they have to train. */
export async function tellPlan({ work, outcome }: Job): Promise<void> {
  const { base, train, trainBase } = planSchema.parse(outcome.result);
  core.setOutput('base', base ?? '');
  core.setOutput('train', JSON.stringify(train));
  core.setOutput('train-base', JSON.stringify(trainBase));
  core.setOutput('outcome', 'done');
  await writeSummary(verbatim(work.terminal(outcome)));
}
