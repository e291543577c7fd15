import { readGitFacts } from './git-facts.ts';
import { gitIn } from './git-run.ts';
import type { Repository, State } from './state.ts';

/**
 * Renames a branch as GitHub does: its open pull requests follow, and who asks for the old name is sent on. A branch that is
 * not there was renamed long ago: only the old name is remembered.
 */
export function renameBranch(state: State, repository: Repository, from: string, to: string): void {
  state.renamedBranches.set(`${repository.fullName} ${from}`, to);
  if (!readGitFacts(repository.gitDir).resolve(`refs/heads/${from}`)) return;
  const git = gitIn(repository.gitDir);
  git('branch', '-M', from, to);
  if (repository.defaultBranch === from) repository.defaultBranch = to;
  for (const pull of state.pullRequests) {
    if (pull.base.repository === repository && pull.base.ref === from) pull.base = { ...pull.base, ref: to };
    if (pull.head.repository === repository && pull.head.ref === from) pull.head = { ...pull.head, ref: to };
  }
}

/** Moves a branch to any commit the repository has, also one that the branch's tip does not lead to. */
export function forcePush(repository: Repository, branch: string, sha: string): { before: string; after: string } {
  const git = gitIn(repository.gitDir);
  const before = git('rev-parse', `refs/heads/${branch}`);
  git('update-ref', `refs/heads/${branch}`, sha);
  return { before, after: git('rev-parse', sha) };
}
