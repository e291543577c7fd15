import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { createGit, type Git, GitError, type GitOptions, resolveGitDir } from './git.ts';
import { isWithin } from './git-fence.ts';

/** A clone that a person works in. */
export interface Clone {
  /** The folder of its files, without symlinks. */
  readonly root: string;
  readonly gitDir: string;
  /** With the user's own access to `origin`. */
  readonly git: Git;
}

/**
 * The clone that holds `folder`: the nearest folder above it, or itself, with a `.git`. A bare repository among the files
 * of the clone is not one.
 *
 * @returns null when there is none, or no git.
 * @throws GitError when there is one that git refuses to read, as when it belongs to another user.
 */
export async function openClone(folder: string): Promise<Clone | null> {
  const start = await realpath(folder).catch(() => undefined);
  if (start === undefined) return null;
  for (let root = start; ; root = dirname(root)) {
    if (await lstat(join(root, '.git')).catch(() => undefined)) {
      const options: GitOptions = { access: 'user', workspace: root };
      const gitDir = await resolveGitDir(root, options);
      if (gitDir !== undefined) return { root, gitDir, git: createGit(gitDir, { ...options, workTree: root }) };
    }
    if (dirname(root) === root) return null;
  }
}

/**
 * The commit that a job has checked out: in its workspace, or, where several repositories were checked out into folders of
 * it, in the one that holds `folder`. Git is asked for this and nothing else, and a `.git` that is no folder is not followed.
 *
 * @returns null when nothing is checked out there.
 */
export async function readCheckedOutCommit(workspace: string, folder: string): Promise<string | null> {
  for (const root of foldersDownTo(workspace, folder)) {
    const gitDir = join(root, '.git');
    if (!(await lstat(gitDir).catch(() => undefined))?.isDirectory()) continue;
    try {
      return (await commitNamed(createGit(gitDir, { workspace }), 'HEAD')) ?? null;
    } catch (error) {
      if (error instanceof GitError && error.kind === 'missing') return null;
      throw error;
    }
  }
  return null;
}

function foldersDownTo(workspace: string, folder: string): string[] {
  if (!isWithin(workspace, folder)) return [workspace];
  const names = relative(workspace, folder).split(sep).filter(Boolean);
  return [workspace, ...names.map((_, i) => join(workspace, ...names.slice(0, i + 1)))];
}

/** The SHA of the commit that a name stands for; undefined when there is none. */
export async function commitNamed(git: Git, name: string): Promise<string | undefined> {
  if (name === '' || name.includes('\0')) return undefined;
  const found = await git.tryRun(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return found?.trim() || undefined;
}
