import { COMMENT_BYTES, renderMarkdown } from '../core/report/markdown.ts';
import type { Report } from '../core/report/report-schema.ts';
import type { Markdown } from '../core/report/to-markdown.ts';
import { hasAppGate } from '../github/app-gate.ts';
import { commentMarker } from '../github/job-key.ts';
import { upsertComment } from '../github/upsert-comment.ts';
import type { JobContext } from './context.ts';
import { workflowLog } from './workflow-log.ts';

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
  // Where nothing was trained there is little to say, but what was said of an earlier commit must not stay.
  const onlyReplace = report.datasets.length === 0 && !report.stopsMerge;
  return comment(context, plan, { body: renderMarkdown(report, COMMENT_BYTES - HEAD_BYTES, page), onlyReplace });
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
  if (event.fork || !token) {
    workflowLog.info(
      'this pull request comes from a fork: the report is in the summary and the artifact, not in a comment',
    );
    return undefined;
  }
  const { number, headSha: head } = event;
  if (plan.comment === 'never') return undefined;
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
