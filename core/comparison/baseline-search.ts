import { ConfigError } from '../errors/app-error.ts';
import type { Standing } from '../ports/change.ts';
import type { History } from '../ports/history.ts';
import type { Run } from '../tracking/run.ts';
import { isRunId } from '../tracking/run-id.ts';

/** First-parent commits that are looked through for a run. */
const DEPTH = 300;

/** Where a search starts, and what it may be told to do instead. */
export interface Standpoint {
  readonly standing: Standing;
  /** The candidate's commit; null before the first one, and without a repository. */
  readonly head: string | null;
  /** Whether the candidate differs from its commit: by edited files, or by values that were set. */
  readonly isEdited: boolean;
  /** The default branch's name today; null when unknown. */
  readonly defaultBranch: string | null;
  /** The commit, branch, tag or run to compare with instead, or `champion`. */
  readonly named: string | undefined;
  /** The commit or tag of `baseline.champion`. */
  readonly champion: string | null;
}

/** A commit to look at first, then its first-parent ancestors; the champion is asked when none of them has a run. */
export interface BaselineSearch {
  /** What the first commit is: the base commit, the commit before, the one under uncommitted changes, the one asked for. */
  readonly kind: 'base' | 'parent' | 'head' | 'named';
  /** Newest first. */
  readonly commits: readonly string[];
  /** What there is beyond them: nothing to look at, commits this clone lacks, no common ancestor, not even a commit. */
  readonly end: 'complete' | 'shallow' | 'unrelated' | 'no_default_branch' | 'no_commit';
  /** Why there cannot be a commit: there is no repository, or git cannot read it. Then nothing is judged. */
  readonly noRepository?: { readonly why: string; readonly next: string };
  /** `sha` is null when the repository has no such commit. */
  readonly champion: { readonly name: string; readonly sha: string | null } | null;
  readonly defaultBranch: string | null;
}

/**
 * Where to look for a baseline: at the commit asked for, else at the base commit. A commit that is no change is compared with the commit
 * before it, and uncommitted changes with the commit under them.
 *
 * @throws ConfigError when what was asked for is not there.
 */
export async function planBaselineSearch(
  history: History,
  { standing, head, isEdited, defaultBranch, named, champion: name }: Standpoint,
  runs: readonly Run[],
): Promise<BaselineSearch> {
  const champion = name === null ? null : { name, sha: (await history.firstParents(name, 1))[0] ?? null };
  const rest = { champion, defaultBranch };
  if (standing.kind === 'not_judged' && standing.reason === 'no_repository') {
    const { why, next } = standing;
    return { kind: 'head', commits: [], end: 'no_commit', noRepository: { why, next }, ...rest };
  }
  if (named !== undefined) {
    const commits = await namedCommits(history, named, champion, runs);
    return { kind: 'named', commits, end: await endOf(history, commits), ...rest };
  }
  if (standing.kind === 'without_base') return { kind: 'base', commits: [], end: standing.reason, ...rest };
  if (head === null) return { kind: 'head', commits: [], end: 'no_commit', ...rest };
  if (standing.kind === 'change') {
    const commits = await history.firstParents(standing.base, DEPTH);
    // A shallow clone may not have the base commit itself: its runs are looked for all the same.
    const known = commits.length > 0 ? commits : [standing.base];
    return {
      kind: standing.how === 'uncommitted' ? 'head' : 'base',
      commits: known,
      end: await endOf(history, commits),
      ...rest,
    };
  }
  const commits = await history.firstParents(head, DEPTH + 1);
  const from = isEdited ? commits.slice(0, DEPTH) : commits.slice(1);
  return { kind: isEdited ? 'head' : 'parent', commits: from, end: await endOf(history, from), ...rest };
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
