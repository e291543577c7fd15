import * as core from '@actions/core';
import { AppError } from '../core/errors/app-error.ts';
import { markdown } from '../core/report/markdown-blocks.ts';
import { toTerminal } from '../core/report/to-terminal.ts';
import { commentClaims } from './claims-comment.ts';
import { endedRunIn, readSurroundings } from './context.ts';
import type { CommentInputs } from './inputs.ts';
import { workflowLog, writeSummary } from './workflow-log.ts';

/**
 * The step of the companion workflow: comments what the jobs of a fork's or Dependabot's workflow run say. It runs with the rights of the
 * default branch, so it trains nothing, reads no file of the workspace, and sets no check. What a fork sends never fails it.
 *
 * @throws AppError when the workflow is not set up as documented.
 */
export async function postClaims(env: NodeJS.ProcessEnv, { token, workflow }: CommentInputs): Promise<void> {
  const surroundings = readSurroundings(env, token);
  const ended = endedRunIn(surroundings);
  if (token === undefined) throw new AppError({ place: 'input token', message: 'is empty, so nothing can be posted' });
  const { said, url } = await commentClaims(surroundings, ended, workflow);
  workflowLog.info(toTerminal(said));
  await writeSummary(markdown`${said}\n`);
  core.setOutput('outcome', 'done');
  core.setOutput('comment-url', url ?? '');
}
