import type { Markdown } from '../core/report/to-markdown.ts';
import type { Client, RepositoryName } from './client.ts';

/** Adds a comment to a pull request or an issue. */
export async function reply(
  octokit: Client,
  repository: RepositoryName,
  number: number,
  body: Markdown,
): Promise<void> {
  await octokit.rest.issues.createComment({ ...repository, issue_number: number, body });
}
