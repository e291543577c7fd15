import { isNamed, isTracked } from '../core/change/tracked-branches.ts';
import type { ChangeFacts } from './change-facts.ts';

/** Whether a branch sets rules; `unprotected`: a pattern names it, and anybody who can push may have made it. */
export type RuleBranch = 'sets_rules' | 'sets_none' | 'unprotected';

/**
 * Whether a branch sets rules: `tracking.branches` has its name, or a pattern that it matches, and GitHub protects it. What a pattern
 * names can be made by whoever can push, with any rules in it.
 *
 * @param tracked names, or patterns with `*`.
 */
export async function ruleBranch(
  branch: string,
  tracked: readonly string[],
  facts: Pick<ChangeFacts, 'isProtected'>,
): Promise<RuleBranch> {
  if (!isTracked(branch, tracked)) return 'sets_none';
  if (isNamed(branch, tracked)) return 'sets_rules';
  return (await facts.isProtected(branch)) ? 'sets_rules' : 'unprotected';
}

/** What to do that a branch sets rules. */
export function letItSetRules(branch: string, sets: Exclude<RuleBranch, 'sets_rules'>): string {
  const protect = sets === 'unprotected' ? `protect \`${branch}\`, or ` : '';
  return `${protect}name it in \`tracking.branches\` of the default branch`;
}
