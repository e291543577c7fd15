import { z } from 'zod';
import type { Client, RepositoryName } from './client.ts';

/** A comment on a pull request: text, author and whether it was edited, of one answer. */
export interface PullComment {
  readonly body: string;
  readonly url: string;
  readonly createdAt: string;
  /** Null: it stands as it was written. */
  readonly lastEditedAt: string | null;
  readonly createdViaEmail: boolean;
  /** Null when the account was deleted. `kind`: `User` of a person. */
  readonly author: { readonly kind: string; readonly login: string } | null;
}

const PER_PAGE = 100;
const MOST_PAGES = 10;

const QUERY = `query comments($owner: String!, $repo: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      comments(last: ${PER_PAGE}, before: $before) {
        nodes { body url createdAt lastEditedAt createdViaEmail author { __typename login } }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
}`;

/** Strict: a field that is not there is not known, and what is not known is not allowed. */
const answer = z.object({
  repository: z.object({
    pullRequest: z.object({
      comments: z.object({
        nodes: z.array(
          z
            .object({
              body: z.string(),
              url: z.string(),
              createdAt: z.string(),
              lastEditedAt: z.string().nullable(),
              createdViaEmail: z.boolean(),
              author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
            })
            .nullable(),
        ),
        pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
      }),
    }),
  }),
});

/** The comments of a pull request, oldest first: the newest thousand. `isAll`: there are no more. */
export async function listPullComments(
  octokit: Client,
  { owner, repo }: RepositoryName,
  number: number,
): Promise<{ readonly comments: readonly PullComment[]; readonly isAll: boolean }> {
  const comments: PullComment[] = [];
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found: unknown = await octokit.graphql(QUERY, { owner, repo, number, before });
    const { nodes, pageInfo } = answer.parse(found).repository.pullRequest.comments;
    // Null: one that the token may not see.
    const seen = nodes.filter((node) => node !== null);
    comments.unshift(...seen.map(({ author, ...rest }) => ({ ...rest, author: author && personOf(author) })));
    if (!pageInfo.hasPreviousPage) return { comments, isAll: true };
    before = pageInfo.startCursor;
  }
  return { comments, isAll: false };
}

function personOf({ __typename: kind, login }: { readonly __typename: string; readonly login: string }) {
  return { kind, login };
}
