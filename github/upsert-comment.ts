import type { Markdown } from '../core/report/to-markdown.ts';
import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';

interface UpsertedComment {
  /** Undefined where there is none. */
  readonly url: string | undefined;
  /** `kept`: it is about the pull request's present head, and ours would be about an older one. `none`: there was none to replace. */
  readonly change: 'created' | 'updated' | 'unchanged' | 'kept' | 'none';
}

/**
 * Creates or updates the comment with this marker on a pull request. The oldest comment whose first line is the marker is
 * edited, which notifies nobody. If there is none, or it cannot be edited because someone else wrote it, a new comment is
 * created. Its first visible line names the commit it is about, and a comment about the present head is never replaced by one about
 * another commit: jobs of an older push may end later.
 *
 * @param comment.head the commit of the pull request that the comment is about.
 * @param comment.onlyReplace creates none.
 * @param comment.marker a hidden line, `<!-- mlops-action:… -->`; it becomes the first line of the comment.
 * @throws RequestError with status 403 when the token cannot comment.
 */
export async function upsertComment(
  octokit: Client,
  repository: RepositoryName,
  number: number,
  comment: { readonly marker: string; readonly head: string; readonly body: Markdown; readonly onlyReplace?: boolean },
): Promise<UpsertedComment> {
  if (!/^<!-- mlops-action:[^\r\n]* -->$/.test(comment.marker)) throw new Error(`not a marker: ${comment.marker}`);
  const body = `${comment.marker}\n${headLine(comment.head)}\n\n${comment.body}`;
  const all = await octokit.paginate(octokit.rest.issues.listComments, {
    ...repository,
    issue_number: number,
    per_page: 100,
  });
  const byBot = await isBot(octokit);
  const marked = all
    .filter(({ body, user }) => firstLine(body ?? '') === comment.marker && (!byBot || user?.type === 'Bot'))
    .sort((a, b) => a.id - b.id);
  const { data: pull } = await octokit.rest.pulls.get({ ...repository, pull_number: number });
  for (const one of marked) {
    if (pull.head.sha !== comment.head && isAbout(one.body ?? '', pull.head.sha))
      return { url: one.html_url, change: 'kept' };
    if (asStored(one.body ?? '') === asStored(body)) return { url: one.html_url, change: 'unchanged' };
    try {
      const { data } = await octokit.rest.issues.updateComment({ ...repository, comment_id: one.id, body });
      return { url: data.html_url, change: 'updated' };
    } catch (error) {
      // 403: written by someone else. 404: deleted since it was listed.
      if (statusOf(error) !== 403 && statusOf(error) !== 404) throw error;
    }
  }
  if (comment.onlyReplace) return { url: undefined, change: 'none' };
  const { data } = await octokit.rest.issues.createComment({ ...repository, issue_number: number, body });
  return { url: data.html_url, change: 'created' };
}

/** Whether we write as a bot, as jobs do. Anyone may write our marker, and could edit a comment of theirs later that we filled. */
async function isBot(octokit: Client): Promise<boolean> {
  const auth = (await octokit.auth()) as { readonly tokenType?: string };
  return auth.tokenType === 'installation';
}

/** GitHub makes a link of the commit. */
function headLine(sha: string): string {
  return `Commit ${sha}`;
}

function isAbout(body: string, sha: string): boolean {
  return body.split(/\r?\n/, 2)[1] === headLine(sha);
}

function firstLine(body: string): string {
  return body.split(/\r?\n/, 1)[0]!;
}

/** GitHub may return the line ends that a browser sent, and drop whitespace at the end. */
function asStored(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}
