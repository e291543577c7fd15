import type { History } from '../core/ports/history.ts';
import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';

/** First-parent commits of a branch that are looked through, at first and at last. */
const NEAR = 100;
const FAR = 1000;

/**
 * Whether a commit lies on the first-parent way of one of these branches: whether it once was the branch. A commit that came
 * in by a merge does not, and no name of a tag or of another branch makes it so.
 *
 * @returns a function that throws only when GitHub cannot be reached or the history cannot be read.
 */
export function createTrackedCommits(
  octokit: Client,
  repository: RepositoryName,
  { history, branches }: { readonly history: History; readonly branches: readonly string[] },
): (sha: string) => Promise<boolean> {
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
  const known = new Map<string, Promise<boolean>>();
  const isTracked = async (sha: string) => {
    for (const branch of branches) if (await isOn(branch, sha)) return true;
    return false;
  };
  return (sha) => {
    const answer = known.get(sha) ?? isTracked(sha);
    known.set(sha, answer);
    answer.catch(() => known.delete(sha));
    return answer;
  };
}
