import type { Standing } from '../ports/change.ts';

/** The branches whose runs a baseline may be: the one that sets the rules, and the default branch, which a champion may be of. */
export function believedBranches(standing: Standing, defaultBranch: string | null): string[] {
  const own = standing.kind === 'change' ? standing.into : standing.kind === 'tracked_branch' ? standing.branch : null;
  return [...new Set([own, defaultBranch])].filter((name) => name !== null);
}
