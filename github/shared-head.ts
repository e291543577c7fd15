import type { AppError } from '../core/errors/app-error.ts';
import { shortSha } from '../core/records/short-sha.ts';
import type { ChangeFacts, OpenPullRequest } from './change-facts.ts';
import { GithubError } from './github-error.ts';
import { ruleBranch } from './rule-branches.ts';

/**
 * Refuses to judge a commit that an open pull request brings into another branch that sets rules: a required check belongs to the commit,
 * so of two verdicts the newer one would count for both.
 *
 * @param head the pull request's head, or the commit that was pushed.
 * @param of.into the branch that judges.
 * @param of.number the pull request that is judged; null when there is none.
 * @throws GithubError that names the other pull request.
 */
export async function refuseSharedHead(
  head: string,
  of: { readonly into: string; readonly number: number | null },
  tracked: readonly string[],
  facts: Pick<ChangeFacts, 'openPullRequests' | 'isProtected'>,
): Promise<void> {
  // Where no other branch can set rules, nothing is asked.
  if (tracked.every((name) => name === of.into)) return;
  for (const other of await facts.openPullRequests(head)) {
    if (other.number === of.number || other.baseRef === of.into) continue;
    if ((await ruleBranch(other.baseRef, tracked, facts)) === 'sets_rules') throw shared(head, of, other);
  }
}

function shared(
  head: string,
  { into, number }: { readonly into: string; readonly number: number | null },
  other: OpenPullRequest,
): AppError {
  return new GithubError({
    message: `pull request #${other.number} brings the same commit into \`${other.baseRef}\`, and one check cannot judge it for \`${into}\`, too`,
    found: `${shortSha(head)} is the head of both`,
    next:
      number === null
        ? `let this workflow run on pushes to branches that set rules only, or close #${other.number}`
        : `close #${other.number}, or push an empty commit to one of the two branches; then run this job again`,
  });
}
