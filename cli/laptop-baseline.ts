import type { BaselineStart } from '../core/comparison/baseline.ts';
import type { Project } from '../core/config/project.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { createGit } from '../core/io/git.ts';
import { createGitHistory, type GitState } from '../core/io/git-history.ts';
import type { Run } from '../core/tracking/run.ts';
import { isRunId } from '../core/tracking/run-id.ts';

/** First-parent commits that are looked through for a run. */
const DEPTH = 500;

/**
 * Where a laptop looks for its baseline: what `--baseline` names, else where the branch left the default branch. With
 * nothing committed on top of the default branch that is the commit before (or, with uncommitted changes, the commit itself).
 */
export async function findStart(
  root: string,
  git: GitState,
  project: Project,
  runs: readonly Run[],
  named: string | undefined,
): Promise<BaselineStart> {
  const history = createGitHistory(root);
  const champion = project.champion === null ? null : await commitOf(root, project.champion, 'baseline.champion');
  if (named !== undefined) {
    const sha = await namedCommit(root, named, runs, champion);
    return { kind: 'named', commits: await orItself(history.firstParents(sha, DEPTH), sha), champion };
  }
  if (git.sha === null) return { kind: 'merge_base', commits: [], champion };
  const onDefault = git.defaultBranch === null || git.branch === git.defaultBranch;
  const base = onDefault ? git.sha : await history.mergeBase(git.sha, git.defaultBranch!);
  if (base === undefined) return { kind: 'merge_base', commits: [], champion };
  const commits = await history.firstParents(base, DEPTH);
  const itself = base === git.sha && !git.dirty;
  return { kind: itself ? 'ancestor' : 'merge_base', commits: itself ? commits.slice(1) : commits, champion };
}

async function namedCommit(
  root: string,
  named: string,
  runs: readonly Run[],
  champion: string | null,
): Promise<string> {
  if (named === 'champion') {
    if (champion) return champion;
    throw new ConfigError({
      place: '--baseline',
      message: 'mlops.yml names no champion',
      next: 'set baseline.champion to a commit or tag',
    });
  }
  if (!isRunId(named)) return commitOf(root, named, '--baseline');
  const run = runs.find(({ id }) => id === named);
  if (run?.git.sha) return run.git.sha;
  throw new ConfigError({
    place: '--baseline',
    message: `there is no run "${named}" here`,
    next: 'name a commit, a branch or a tag',
  });
}

async function commitOf(root: string, name: string, place: string): Promise<string> {
  const sha = await createGit(root).tryRun([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  if (sha) return sha.trim();
  throw new ConfigError({
    place,
    message: `"${name}" is no commit, branch or tag of this repository`,
    next: 'fetch it, or correct the name',
  });
}

async function orItself(commits: Promise<readonly string[]>, sha: string): Promise<readonly string[]> {
  const list = await commits;
  return list.length > 0 ? list : [sha];
}
