import * as core from '@actions/core';
import { AppError, formatProblem, type Problem } from '../core/errors/app-error.ts';
import { headline } from '../core/report/headline.ts';
import { toTerminal } from '../core/report/to-terminal.ts';
import { failedRequest } from '../github/github-error.ts';
import { jobKey } from '../github/job-key.ts';
import { publishError } from './comment.ts';
import { readContext } from './context.ts';
import { errorPage } from './error-page.ts';
import { handOver, tellPlan } from './hand-over.ts';
import { readCommentInputs, readInputs } from './inputs.ts';
import { type Job, runJob } from './job.ts';
import { identityOf } from './job-identity.ts';
import { mayRecord } from './may-record.ts';
import { postClaims } from './post-claims.ts';
import { publish } from './publish.ts';
import { choiceOfDispatch, endsAsItself, isNoVerdict } from './trial.ts';
import { workflowLog, writeSummary } from './workflow-log.ts';

/** The step: runs the command, publishes what it found, and fails when a gate does. Or it comments what another workflow run found. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  let show = async (_problems: readonly Problem[]): Promise<void> => undefined;
  try {
    const asked = readCommentInputs();
    if (asked) {
      if (asked.token) core.setSecret(asked.token);
      return await postClaims(env, asked);
    }
    const inputs = readInputs();
    if (inputs.token) core.setSecret(inputs.token);
    const context = readContext(env, inputs.token);
    for (const name of inputs.unused) workflowLog.warn(`input ${name} is not used by the command ${inputs.command.id}`);
    const key = jobKey(identityOf(context, inputs));
    // What plans and trains for another job leaves it to that one to speak.
    const comment = inputs.leg || inputs.command.id === 'plan' ? 'never' : inputs.comment;
    show = async (problems) => {
      const page = errorPage(problems, context.runUrl);
      await writeSummary(page);
      await publishError(context, { key, comment }, page);
    };
    const job = await runJob(context, inputs, key);
    if (inputs.leg) return await handOver(context, job, { leg: inputs.leg.number, key });
    if (inputs.command.id === 'plan') return await tellPlan(job);
    await publish(context, inputs.command.id, job, {
      ...{ key, comment },
      mayRecord: mayRecord(job.records?.withheld ?? [], context, inputs),
    });
    const choice = choiceOfDispatch(context, inputs);
    const isTrial = choice !== null && job.outcome.judgement && job.outcome.report?.subject === 'change';
    if (isTrial && !(await endsAsItself(context, job))) throw isNoVerdict(choice);
    if (job.outcome.judgement?.stopsMerge) workflowLog.fail(sentenceOf(job));
    else workflowLog.info(sentenceOf(job));
  } catch (error) {
    core.setOutput('outcome', 'error');
    const problems = error instanceof AppError ? error.problems : [failedRequest(error) ?? { message: bugOf(error) }];
    workflowLog.fail(problems.map(formatProblem).join('\n'));
    await show(problems).catch((cause) => workflowLog.warn(`the comment could not be replaced: ${cause.message}`));
  }
}

function bugOf(error: unknown): string {
  return `This is a bug in mlops-action; please report it.\n${error instanceof Error ? error.stack : String(error)}`;
}

/** What the log ends with. */
function sentenceOf({ work, outcome }: Job): string {
  return outcome.report ? toTerminal(headline(outcome.report)) : work.terminal(outcome).trimEnd();
}
