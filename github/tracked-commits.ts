import type { History } from '../core/ports/history.ts';
import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';

/** First-parent commits of a branch that are looked through, at first and at last. */
const NEAR = 100;
const FAR = 1000;

/**
 * On the first-parent way of which of these branches a commit lies: which of them it once was. A commit that came
 * in by a merge does not, and no name of a tag or of another branch makes it so.
 *
 * @returns a function that gives the first such branch, null where there is none, and throws only when GitHub cannot be reached or the history cannot be read.
 */
export function createTrackedCommits(
  octokit: Client,
  repository: RepositoryName,
  { history, branches }: { readonly history: History; readonly branches: readonly string[] },
): (sha: string) => Promise<string | null> {
  const tips = new Map<string, Promise<string | undefined>>();
  /** Asked for as a branch: what lists commits would also take a tag of that name. */
  const tipOf = (branch: string) => {
    const tip =
      tips.get(branch) ??
      octokit.rest.repos.getBranch({ ...repository, branch }).then(
        ({ data }) => data.commit.sha,
        (error) => {
          if (statusOf(error) === 404) return undefined;
          tips.delete(branch);
          throw error;
        },
      );
    tips.set(branch, tip);
    return tip;
  };
  const isOn = async (branch: string, sha: string) => {
    const tip = await tipOf(branch);
    if (tip === undefined) return false;
    if ((await history.firstParents(tip, NEAR)).includes(sha)) return true;
    return (await history.mergeBase(tip, sha)) === sha && (await history.firstParents(tip, FAR)).includes(sha);
  };
  const known = new Map<string, Promise<string | null>>();
  const branchOf = async (sha: string) => {
    for (const branch of branches) if (await isOn(branch, sha)) return branch;
    return null;
  };
  return (sha) => {
    const answer = known.get(sha) ?? branchOf(sha);
    known.set(sha, answer);
    answer.catch(() => known.delete(sha));
    return answer;
  };
}
