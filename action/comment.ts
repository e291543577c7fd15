import { link, type Sentence, sentence, text } from '../core/report/fragments.ts';
import { COMMENT_BYTES, renderMarkdown } from '../core/report/markdown.ts';
import type { Report } from '../core/report/report-schema.ts';
import type { Markdown } from '../core/report/to-markdown.ts';
import { hasAppGate } from '../github/app-gate.ts';
import { commentMarker } from '../github/job-key.ts';
import { upsertComment } from '../github/upsert-comment.ts';
import type { JobContext } from './context.ts';
import { workflowLog } from './workflow-log.ts';

const HOW_TO = 'https://github.com/org/mlops-action/blob/main/docs/forks.md';

/** What the line with the commit takes of a comment. */
const HEAD_BYTES = 200;

/** Which comment is a job's, and whether it writes one. */
export interface CommentPlan {
  /** Stands for the job: each has a comment of its own. */
  readonly key: string;
  readonly comment: 'auto' | 'never';
}

/**
 * Comments on the pull request; undefined where there is none to comment on, or it has a newer comment.
 *
 * @param page where the HTML report can be opened.
 */
export async function publishReport(
  context: JobContext,
  plan: CommentPlan,
  report: Report,
  page: string | undefined,
): Promise<string | undefined> {
  const body = renderMarkdown(report, COMMENT_BYTES - HEAD_BYTES, page);
  return comment(context, plan, { body, onlyReplace: saysLittle(report) });
}

/** Where nothing was trained there is little to say, but what was said of an earlier commit must not stay. */
export function saysLittle({ datasets, stopsMerge }: Report): boolean {
  return datasets.length === 0 && !stopsMerge;
}

/** For the summary: why a report that a pull request would show is in no comment, and how to get one; null where there is one. */
export function whyNoComment({ event }: Pick<JobContext, 'event'>, plan: CommentPlan, report: Report): Sentence | null {
  if (event.kind !== 'pull_request' || event.origin === 'own') return null;
  if (plan.comment === 'never' || saysLittle(report)) return null;
  const job = event.origin === 'fork' ? 'of a fork' : 'of Dependabot';
  return sentence`The pull request has no comment of this job, because on a pull request ${job} a job may only read. ${link(HOW_TO, text('How to get a comment'))}.`;
}

/** Replaces the job's comment by what went wrong: the verdict of an earlier commit must not stay and look like this one's. */
export async function publishError(
  context: JobContext,
  plan: CommentPlan,
  error: Markdown,
): Promise<string | undefined> {
  return comment(context, plan, { body: error });
}

async function comment(
  { event, octokit, repository, token }: JobContext,
  plan: CommentPlan,
  text: { readonly body: Markdown; readonly onlyReplace?: boolean },
): Promise<string | undefined> {
  if (event.kind !== 'pull_request') return undefined;
  const { number, headSha: head, origin } = event;
  if (plan.comment === 'never') return undefined;
  // Nothing that could write is even tried.
  if (origin !== 'own') return undefined;
  if (!token) {
    workflowLog.info('the input token is empty: the report is in the summary and the artifact, not in a comment');
    return undefined;
  }
  if (await hasAppGate(octokit, repository, head)) {
    workflowLog.info('the GitHub App comments on this pull request, so this job does not');
    return undefined;
  }
  const { url, change } = await upsertComment(octokit, repository, number, {
    marker: commentMarker(plan.key),
    head,
    ...text,
  });
  if (change === 'kept')
    workflowLog.info(`the pull request has moved on from ${head}: its comment is about a newer commit`);
  return change === 'kept' ? undefined : url;
}
