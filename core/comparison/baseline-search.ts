import { ConfigError } from '../errors/app-error.ts';
import type { NoCommit } from '../ports/commit-tree.ts';
import type { History } from '../ports/history.ts';
import type { Run } from '../tracking/run.ts';
import { isRunId } from '../tracking/run-id.ts';

/** First-parent commits that are looked through for a run. */
const DEPTH = 300;

/** What a door knows of the candidate: its commit, and the branch it will be merged into. */
export interface Standpoint {
  /** The candidate's commit; null before the first one. */
  readonly head: string | null;
  /** Why there is no commit. */
  readonly noCommit?: NoCommit | null | undefined;
  /** Whether what is trained differs from that commit. */
  readonly dirty: boolean;
  /**
   * Commits or branches that the candidate will be merged into; of several, the one it left last counts. Empty: it is
   * of the default branch itself.
   */
  readonly into: readonly string[];
  /** The default branch's name today; null when unknown. */
  readonly defaultBranch: string | null;
  /** The commit, branch, tag or run to compare with instead, or `champion`. */
  readonly named: string | undefined;
  /** The commit or tag of `baseline.champion`. */
  readonly champion: string | null;
}

/** A commit to look at first, then its first-parent ancestors; the champion is asked when none of them has a run. */
export interface BaselineSearch {
  /** What the first commit is: where the change left, the commit before, the one under uncommitted changes, the one asked for. */
  readonly kind: 'merge_base' | 'parent' | 'head' | 'named';
  /** Newest first. */
  readonly commits: readonly string[];
  /** What there is beyond them: nothing to look at, commits this clone lacks, no common ancestor, not even a commit. */
  readonly end: 'complete' | 'shallow' | 'unrelated' | 'no_commit';
  /** Why there cannot be a commit: there is no repository, or git cannot read it. Then nothing is judged. */
  readonly noRepository?: Pick<NoCommit, 'why' | 'next'>;
  /** `sha` is null when the repository has no such commit. */
  readonly champion: { readonly name: string; readonly sha: string | null } | null;
  readonly defaultBranch: string | null;
}

/**
 * Where to look for a baseline: at the commit asked for, else at the merge base. A commit of the target branch itself is compared
 * with the commit before it, and uncommitted changes with the commit under them.
 *
 * @throws ConfigError when what was asked for is not there.
 */
export async function planBaselineSearch(
  history: History,
  { head, noCommit, dirty, into, defaultBranch, named, champion: name }: Standpoint,
  runs: readonly Run[],
): Promise<BaselineSearch> {
  const champion = name === null ? null : { name, sha: (await history.firstParents(name, 1))[0] ?? null };
  const rest = { champion, defaultBranch };
  if (noCommit && noCommit.kind !== 'no_commit') {
    const { why, next } = noCommit;
    return { kind: 'head', commits: [], end: 'no_commit', noRepository: { why, next }, ...rest };
  }
  if (named !== undefined) {
    const commits = await namedCommits(history, named, champion, runs);
    return { kind: 'named', commits, end: await endOf(history, commits), ...rest };
  }
  if (head === null) return { kind: 'head', commits: [], end: 'no_commit', ...rest };
  const base = into.length === 0 ? head : await lastLeft(history, head, into);
  if (base === undefined) {
    return { kind: 'merge_base', commits: [], end: (await history.isShallow()) ? 'shallow' : 'unrelated', ...rest };
  }
  const skipped = base === head && !dirty ? 1 : 0;
  const kind = base !== head ? 'merge_base' : dirty ? 'head' : 'parent';
  const commits = (await history.firstParents(base, DEPTH + skipped)).slice(skipped);
  return { kind, commits, end: await endOf(history, commits), ...rest };
}

/** Of the places where `head` left these branches, the one nearest to it: a clone's copy of a branch may be an old one. */
async function lastLeft(history: History, head: string, into: readonly string[]): Promise<string | undefined> {
  let last: string | undefined;
  for (const name of into) {
    const base = await history.mergeBase(name, head);
    if (base !== undefined && (last === undefined || (await history.mergeBase(last, base)) === last)) last = base;
  }
  return last;
}

async function endOf(history: History, commits: readonly string[]): Promise<'complete' | 'shallow'> {
  return commits.length < DEPTH && (await history.isShallow()) ? 'shallow' : 'complete';
}

async function namedCommits(
  history: History,
  named: string,
  champion: BaselineSearch['champion'],
  runs: readonly Run[],
): Promise<readonly string[]> {
  const run = isRunId(named) ? runs.find(({ id }) => id === named) : undefined;
  const isChampion = named === 'champion' && champion !== null;
  const commits = await history.firstParents(run?.git.sha ?? (isChampion ? champion.name : named), DEPTH);
  if (commits.length > 0) return commits;
  // A run may outlive its commit, when a branch was rewritten.
  if (run?.git.sha) return [run.git.sha];
  throw new ConfigError(
    isRunId(named)
      ? {
          place: 'baseline',
          message: `there is no run "${named}" of a commit here`,
          next: 'name a commit, a branch or a tag',
        }
      : named === 'champion' && champion === null
        ? {
            place: 'baseline',
            message: 'mlops.yml names no champion',
            next: 'set baseline.champion to a commit or tag',
          }
        : {
            place: isChampion ? 'baseline.champion' : 'baseline',
            message: `"${isChampion ? champion.name : named}" is not a commit, branch or tag of this repository`,
            next: 'fetch it, or correct the name',
          },
  );
}
