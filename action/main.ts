import * as core from '@actions/core';
import { stopsMerge } from '../core/comparison/outcome.ts';
import { AppError, formatProblem } from '../core/errors/app-error.ts';
import { headline } from '../core/report/headline.ts';
import { toTerminal } from '../core/report/to-terminal.ts';
import { readContext } from './context.ts';
import { readInputs } from './inputs.ts';
import { runJob } from './job.ts';
import { publish } from './publish.ts';

/** The step: runs the command, publishes what it found, and fails when the verdict does. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const inputs = readInputs();
    if (inputs.token) core.setSecret(inputs.token);
    const context = readContext(env, inputs.token);
    const result = await runJob(context, inputs);
    await publish(context, inputs, result);
    const failed = stopsMerge(result.report.verdict?.outcome ?? null, result.project);
    const sentence = toTerminal(headline(result.report));
    if (failed) core.setFailed(sentence);
    else core.info(sentence);
  } catch (error) {
    if (error instanceof AppError) core.setFailed(error.problems.map(formatProblem).join('\n'));
    else
      core.setFailed(
        `This is a bug in mlops-action; please report it.\n${error instanceof Error ? error.stack : String(error)}`,
      );
  }
}
