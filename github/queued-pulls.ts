import { z } from 'zod';
import type { AcceptingPull } from './acceptances.ts';
import type { Client, RepositoryName } from './client.ts';
import { GithubError } from './github-error.ts';

const PER_PAGE = 100;
const MOST_PAGES = 10;

const QUERY = `query queue($owner: String!, $repo: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    mergeQueue(branch: $branch) {
      entries(first: ${PER_PAGE}, after: $after) {
        nodes { headCommit { oid } baseCommit { oid } pullRequest { number headRefOid } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const commit = z.object({ oid: z.string() }).nullable();
const entry = z.object({
  headCommit: commit,
  baseCommit: commit,
  pullRequest: z.object({ number: z.int(), headRefOid: z.string() }).nullable(),
});
const answer = z.object({
  repository: z.object({
    mergeQueue: z
      .object({
        entries: z.object({
          nodes: z.array(entry),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        }),
      })
      .nullable(),
  }),
});

/**
 * The pull requests that a merge group brings: those of the queue's entries from the group's own back to the commit that it is built on.
 *
 * @throws GithubError when the queue does not have this group.
 */
export async function queuedPulls(
  octokit: Client,
  repository: RepositoryName,
  group: { readonly headSha: string; readonly baseSha: string; readonly baseRef: string },
): Promise<AcceptingPull[]> {
  const byHead = new Map(
    (await entriesOf(octokit, repository, group.baseRef)).map((one) => [one.headCommit?.oid, one]),
  );
  const pulls: AcceptingPull[] = [];
  let at: string | undefined = group.headSha;
  while (at !== group.baseSha) {
    const found = byHead.get(at);
    if (!found?.pullRequest) {
      throw new GithubError({
        message: `the merge queue of ${group.baseRef} does not say which pull requests are in this group`,
        next: 'add them to the queue again',
      });
    }
    byHead.delete(at);
    pulls.push({ number: found.pullRequest.number, headSha: found.pullRequest.headRefOid });
    at = found.baseCommit?.oid;
  }
  return pulls;
}

async function entriesOf(octokit: Client, { owner, repo }: RepositoryName, branch: string) {
  const entries: z.infer<typeof entry>[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found: unknown = await octokit.graphql(QUERY, { owner, repo, branch, after });
    const { mergeQueue } = answer.parse(found).repository;
    if (!mergeQueue) return entries;
    entries.push(...mergeQueue.entries.nodes);
    if (!mergeQueue.entries.pageInfo.hasNextPage) return entries;
    after = mergeQueue.entries.pageInfo.endCursor;
  }
  return entries;
}
