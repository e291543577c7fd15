import type { Markdown } from '../core/report/to-markdown.ts';
import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';

interface UpsertedComment {
  readonly url: string;
  readonly change: 'created' | 'updated' | 'unchanged';
}

/**
 * Creates or updates the comment with this marker on a pull request. The oldest comment whose first line is the marker is
 * edited, which notifies nobody. If there is none, or it cannot be edited because someone else wrote it, a new comment is
 * created.
 *
 * @param comment.marker a hidden line, `<!-- mlops-action:… -->`; it becomes the first line of the comment.
 * @throws RequestError with status 403 when the token cannot comment.
 */
export async function upsertComment(
  octokit: Client,
  repository: RepositoryName,
  number: number,
  comment: { readonly marker: string; readonly body: Markdown },
): Promise<UpsertedComment> {
  if (!/^<!-- mlops-action:[^\r\n]* -->$/.test(comment.marker)) throw new Error(`not a marker: ${comment.marker}`);
  const body = `${comment.marker}\n${comment.body}`;
  const all = await octokit.paginate(octokit.rest.issues.listComments, {
    ...repository,
    issue_number: number,
    per_page: 100,
  });
  const marked = all.filter((one) => firstLine(one.body ?? '') === comment.marker).sort((a, b) => a.id - b.id);
  for (const one of marked) {
    if (asStored(one.body ?? '') === asStored(body)) return { url: one.html_url, change: 'unchanged' };
    try {
      const { data } = await octokit.rest.issues.updateComment({ ...repository, comment_id: one.id, body });
      return { url: data.html_url, change: 'updated' };
    } catch (error) {
      // 403: written by someone else. 404: deleted since it was listed.
      if (statusOf(error) !== 403 && statusOf(error) !== 404) throw error;
    }
  }
  const { data } = await octokit.rest.issues.createComment({ ...repository, issue_number: number, body });
  return { url: data.html_url, change: 'created' };
}

function firstLine(body: string): string {
  return body.split(/\r?\n/, 1)[0]!;
}

/** GitHub may return the line ends that a browser sent, and drop whitespace at the end. */
function asStored(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}
