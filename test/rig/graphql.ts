import { readFileSync } from 'node:fs';
import { buildSchema, GraphQLError, graphqlSync } from 'graphql';
import type { ActiveFaults } from './faults.ts';
import { syncPullRequest } from './pull-requests.ts';
import { type Answer, problem } from './rest-handler.ts';
import {
  type Comment,
  findRepository,
  judgeAccess,
  type MergeGroup,
  type Permissions,
  type Repository,
  type State,
} from './state.ts';

/** The GraphQL API: queries are checked and answered by GitHub's own description of it. */
export interface GraphqlApi {
  /** @throws Error when the query is not in the description. */
  answer(body: unknown, secret: string | undefined): Answer;
}

interface Query {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

interface Page {
  readonly after?: string;
  readonly before?: string;
  readonly first?: number;
  readonly last?: number;
}

const MOST_OF_A_PAGE = 100;

export function createGraphql(
  state: State,
  web: () => string,
  faults: ActiveFaults,
  refused: (what: string) => void,
): GraphqlApi {
  const schema = buildSchema(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));
  const asking = (secret: string) => {
    const token = state.tokens.get(secret)!;
    const mayRead = (repository: Repository, permission: keyof Permissions) =>
      faults.isForbidden(permission, 'read') ? 'forbidden' : judgeAccess(repository, token, permission, 'read');
    const need = (repository: Repository, permission: keyof Permissions, field: string) => {
      if (mayRead(repository, permission) === 'granted') return;
      refused(`graphql ${field} of ${repository.fullName}: ${permission}: ${token.permissions[permission] ?? 'none'}`);
      throw refusal('FORBIDDEN', 'Resource not accessible by integration');
    };
    const pull = (repository: Repository, number: number) => {
      need(repository, 'pull_requests', 'pullRequest');
      const found = state.pullRequests.find((one) => one.base.repository === repository && one.number === number);
      if (!found) throw refusal('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      const comments = state.comments.filter((one) => one.repository === repository.fullName && one.number === number);
      return {
        number,
        headRefOid: () => syncPullRequest(state, found).head.sha,
        comments: (page: Page) =>
          connection(
            comments.map((one) => commentOf(state, one, web())),
            page,
          ),
      };
    };
    const entry = ({ repository, baseSha, headSha, pull: { number } }: MergeGroup) => ({
      baseCommit: { oid: baseSha },
      headCommit: { oid: headSha },
      pullRequest: () => pull(repository, number),
    });
    return {
      repository({ owner, name }: { readonly owner: string; readonly name: string }) {
        const repository = findRepository(state, `${owner}/${name}`);
        if (!repository || mayRead(repository, 'metadata') === 'unknown')
          throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
        return {
          pullRequest: ({ number }: { readonly number: number }) => pull(repository, number),
          mergeQueue({ branch = repository.defaultBranch }: { readonly branch?: string }) {
            if (token.app) need(repository, 'merge_queues', 'mergeQueue');
            const groups = state.queue.filter(
              (one) => one.repository === repository && one.baseRef === `refs/heads/${branch}`,
            );
            // A branch without a queue has none at all.
            return groups.length === 0 ? null : { entries: (page: Page) => connection(groups.map(entry), page) };
          },
        };
      },
    };
  };
  return {
    answer(body, secret) {
      if (secret === undefined || !state.tokens.has(secret)) return problem(401, 'Bad credentials');
      const { query, variables } = body as Query;
      const found = graphqlSync({ schema, source: query, rootValue: asking(secret), variableValues: variables });
      const unexpected = found.errors?.find(({ extensions }) => extensions.type === undefined);
      if (unexpected) throw unexpected;
      const errors = found.errors?.map(({ message, path, locations, extensions }) => ({
        ...{ type: extensions.type, path, locations, message },
      }));
      return { status: 200, body: { data: found.data, ...(errors && { errors }) } };
    },
  };
}

function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function commentOf(state: State, { id, repository, number, login, ...comment }: Comment, web: string) {
  const { body, createdAt, lastEditedAt = null, viaEmail: createdViaEmail = false } = comment;
  const url = `${web}/${repository}/pull/${number}#issuecomment-${id}`;
  return { body, createdAt, lastEditedAt, createdViaEmail, url, author: authorOf(state, login) };
}

/** Null of a deleted account; an App is called without the `[bot]` that it has elsewhere. */
function authorOf(state: State, login: string) {
  if (state.deletedUsers.has(login)) return null;
  const isBot = login.endsWith('[bot]');
  return { __typename: isBot ? 'Bot' : 'User', login: login.replace(/\[bot\]$/, '') };
}

function connection<T>(all: readonly T[], { after, before, first, last }: Page) {
  if ((first ?? last ?? 0) > MOST_OF_A_PAGE || (first === undefined) === (last === undefined))
    throw refusal('EXCESSIVE_PAGINATION', 'Requesting too many records on a connection.');
  const from = after === undefined || after === null ? 0 : Number(after) + 1;
  const to = before === undefined || before === null ? all.length : Number(before);
  const start = last === undefined ? from : Math.max(from, to - last);
  const end = first === undefined ? to : Math.min(to, from + first);
  return {
    nodes: all.slice(start, end),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: start < end ? String(start) : null,
      endCursor: start < end ? String(end - 1) : null,
    },
  };
}
