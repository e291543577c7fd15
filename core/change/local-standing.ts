import type { Head, Standing } from '../ports/change.ts';
import type { History } from '../ports/history.ts';
import { isTracked } from './tracked-branches.ts';

/**
 * How a person's working tree stands: uncommitted changes of a branch that sets rules are a change of the commit under them, another
 * branch is a change of the commit where it left.
 *
 * @param history of the clone.
 * @param head.dirty whether what is judged differs from the commit.
 * @param defaultBranch the name, as the clone has it; null when it is not known.
 * @param tracked names or patterns of the branches that set rules.
 */
export async function localStanding(
  history: History,
  { sha, branch, dirty }: Head & { readonly dirty: boolean },
  defaultBranch: string | null,
  tracked: readonly string[],
): Promise<Standing> {
  if (sha === null) return { kind: 'tracked_branch', branch };
  if (branch !== null && isTracked(branch, tracked))
    return dirty ? { kind: 'change', base: sha, how: 'uncommitted', into: branch } : { kind: 'tracked_branch', branch };
  const into = await lastLeft(history, sha, branchesOf(tracked, defaultBranch));
  if (into === null || into === 'unknown') {
    const reason = into === null ? 'unrelated' : 'no_default_branch';
    return { kind: 'without_base', reason: (await history.isShallow()) ? 'shallow' : reason };
  }
  if (into.base !== sha) return { kind: 'change', how: 'merge_base', ...into };
  if (dirty) return { kind: 'change', how: 'uncommitted', ...into };
  return {
    kind: 'not_judged',
    reason: 'nothing_to_merge',
    why: `this commit is already on ${into.into}`,
  };
}

/** A pattern names no branch that could be looked at; the default branch is always one to leave from. */
function branchesOf(tracked: readonly string[], defaultBranch: string | null): string[] {
  const names = tracked.filter((name) => !name.includes('*'));
  return [...new Set([...names, ...(defaultBranch === null ? [] : [defaultBranch])])];
}

/**
 * Of the places where `head` left these branches, the one nearest to it: a clone's copy of a branch may be an old one. `unknown`: this
 * clone has none of them.
 */
async function lastLeft(
  history: History,
  head: string,
  branches: readonly string[],
): Promise<{ readonly base: string; readonly into: string } | 'unknown' | null> {
  let last: { readonly base: string; readonly into: string } | undefined;
  let isKnown = false;
  for (const into of branches) {
    for (const name of [`refs/remotes/origin/${into}`, `refs/heads/${into}`]) {
      if ((await history.firstParents(name, 1)).length === 0) continue;
      isKnown = true;
      const base = await history.mergeBase(name, head);
      if (base === undefined) continue;
      if (last === undefined || (await history.mergeBase(last.base, base)) === last.base) last = { base, into };
    }
  }
  return last ?? (isKnown ? null : 'unknown');
}
