import { execFileSync } from 'node:child_process';

/** Runs git in a bare repository as GitHub does: with no configuration of this machine, committing as GitHub. */
export function gitIn(gitDir: string): (...args: readonly string[]) => string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'GitHub',
    GIT_AUTHOR_EMAIL: 'noreply@github.com',
    GIT_COMMITTER_NAME: 'GitHub',
    GIT_COMMITTER_EMAIL: 'noreply@github.com',
  };
  return (...args) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: gitDir,
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
}

/** A merge commit, which no ref names; null when the two conflict. */
export function writeMerge(gitDir: string, base: string, head: string): string | null {
  const git = gitIn(gitDir);
  try {
    const tree = git('merge-tree', '--write-tree', base, head).split('\n')[0]!;
    return git('commit-tree', tree, '-p', base, '-p', head, '-m', `Merge ${head} into ${base}`);
  } catch {
    return null;
  }
}
