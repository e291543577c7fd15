import { execFileSync } from 'node:child_process';
import { readGitFacts } from './git-facts.ts';
import type { PullRequest, Repository, State } from './state.ts';

/** Opens a pull request as GitHub does: the base repository gets `refs/pull/<n>/head` and, without conflict, `…/merge`. */
export function openPullRequest(
  state: State,
  of: {
    readonly repository: Repository;
    readonly headRef: string;
    /** The fork; by default the repository itself. */
    readonly headRepository?: Repository;
    readonly baseRef?: string;
  },
): PullRequest {
  const { repository, headRef, headRepository = repository, baseRef = repository.defaultBranch } = of;
  const facts = readGitFacts(repository.gitDir);
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: repository.gitDir,
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        ...Object.fromEntries(
          ['AUTHOR', 'COMMITTER'].flatMap((who) => [
            [`GIT_${who}_NAME`, 'GitHub'],
            [`GIT_${who}_EMAIL`, 'noreply@github.com'],
          ]),
        ),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const number = 1 + state.pullRequests.filter((one) => one.base.repository === repository).length;
  const baseSha = facts.resolve(`refs/heads/${baseRef}`);
  if (!baseSha) throw new Error(`no branch ${baseRef} in ${repository.fullName}`);
  git(
    '-c',
    'protocol.file.allow=always',
    'fetch',
    '--quiet',
    headRepository.gitDir,
    `+refs/heads/${headRef}:refs/pull/${number}/head`,
  );
  const headSha = git('rev-parse', `refs/pull/${number}/head`);
  const mergeSha = merge(git, baseSha, headSha);
  if (mergeSha) git('update-ref', `refs/pull/${number}/merge`, mergeSha);
  const pullRequest: PullRequest = {
    number,
    base: { repository, ref: baseRef, sha: baseSha },
    head: { repository: headRepository, ref: headRef, sha: headSha },
    mergeSha,
  };
  state.pullRequests.push(pullRequest);
  return pullRequest;
}

function merge(git: (...args: readonly string[]) => string, base: string, head: string): string | null {
  try {
    const tree = git('merge-tree', '--write-tree', base, head).split('\n')[0]!;
    return git('commit-tree', tree, '-p', base, '-p', head, '-m', `Merge ${head} into ${base}`);
  } catch {
    return null;
  }
}
