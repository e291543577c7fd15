import { formatProblem, type Problem } from '../core/errors/app-error.ts';
import { text as fragment, link, sentence } from '../core/report/fragments.ts';
import { COMMENT_BYTES, renderMarkdown } from '../core/report/markdown.ts';
import { markdown, stack, verbatim } from '../core/report/markdown-blocks.ts';
import type { Report } from '../core/report/report-schema.ts';
import type { Markdown } from '../core/report/to-markdown.ts';
import { commentMarker } from '../github/job-key.ts';
import { upsertComment } from '../github/upsert-comment.ts';
import type { JobContext } from './context.ts';
import { workflowLog } from './workflow-log.ts';

/** What the line with the commit takes of a comment. */
const HEAD_BYTES = 200;

/**
 * Comments on the pull request; undefined where there is none to comment on, or it has a newer comment.
 *
 * @param key stands for this job: each has a comment of its own.
 */
export async function publishReport(context: JobContext, key: string, report: Report): Promise<string | undefined> {
  // Where nothing was trained there is little to say, but what was said of an earlier commit must not stay.
  const onlyReplace = report.datasets.length === 0 && !report.stopsMerge;
  return comment(context, key, { body: renderMarkdown(report, COMMENT_BYTES - HEAD_BYTES), onlyReplace });
}

/** Replaces the job's comment by what went wrong: the verdict of an earlier commit must not stay and look like this one's. */
export async function publishError(
  context: JobContext,
  key: string,
  problems: readonly Problem[],
): Promise<string | undefined> {
  const text = problems.map(formatProblem).join('\n').slice(0, 20_000);
  const log = link(context.runUrl, fragment('The log'));
  const parts = [
    markdown`### ❌ mlops-action could not finish, so nothing was judged`,
    verbatim(text),
    markdown`${sentence`${log} has more.`}`,
  ];
  return comment(context, key, { body: stack(parts, '\n\n') });
}

async function comment(
  { event, octokit, repository, token }: JobContext,
  key: string,
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
  const { url, change } = await upsertComment(octokit, repository, number, {
    marker: commentMarker(key),
    head,
    ...text,
  });
  if (change === 'kept')
    workflowLog.info(`the pull request has moved on from ${head}: its comment is about a newer commit`);
  return change === 'kept' ? undefined : url;
}
