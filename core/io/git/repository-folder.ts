import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { isWithin } from './git-program.ts';

/** A repository with files. */
export interface RepositoryFolder {
  /** The folder of its files, without symlinks. */
  readonly root: string;
  /** `.git`, or what it points to. */
  readonly gitDir: string;
}

/**
 * The repository whose files begin at `root`: the folder `.git`, or the one that a file or link `.git` names, as in a worktree or
 * a submodule. That one has to lie outside of the files, or in a folder `.git`: a change can bring nothing there.
 *
 * @param fence the folder of all files that a change can bring, by default `root`.
 * @returns undefined when there is none.
 */
export async function repositoryAt(root: string, fence = root): Promise<RepositoryFolder | undefined> {
  const dotGit = join(root, '.git');
  const info = await lstat(dotGit).catch(() => undefined);
  if (info === undefined) return undefined;
  if (info.isDirectory()) return (await isRepository(dotGit)) ? { root, gitDir: dotGit } : undefined;
  const target = info.isSymbolicLink() ? dotGit : await targetOf(dotGit, root, info.size);
  const gitDir = target && (await realpath(target).catch(() => undefined));
  if (gitDir === undefined || !isBeyondChange(fence, gitDir) || !(await isRepository(gitDir))) return undefined;
  const common = await commonFolder(gitDir);
  return common === undefined || isBeyondChange(fence, common) ? { root, gitDir } : undefined;
}

/** Whether the folder is a repository without files, by its looks: it is not opened. */
export async function isBareRepository(folder: string): Promise<boolean> {
  return (await isRepository(folder)) && (await isFolder(join(folder, 'refs')));
}

async function targetOf(dotGit: string, root: string, size: number): Promise<string | undefined> {
  if (size > 10_000) return undefined;
  const [, path] = /^gitdir: (.+?)[\r\n]*$/.exec(await readFile(dotGit, 'utf8')) ?? [];
  return path === undefined ? undefined : resolve(root, path);
}

function isBeyondChange(fence: string, folder: string): boolean {
  return !isWithin(fence, folder) || folder.slice(fence.length).split(sep).includes('.git');
}

async function isRepository(folder: string): Promise<boolean> {
  if (!(await lstat(join(folder, 'HEAD')).catch(() => undefined))) return false;
  return (await isFolder(join(folder, 'objects'))) || (await commonFolder(folder)) !== undefined;
}

/** The repository that a worktree shares. */
async function commonFolder(gitDir: string): Promise<string | undefined> {
  const text = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return realpath(resolve(gitDir, text.replace(/[\r\n]+$/, ''))).catch(() => undefined);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** The folder and those above it. */
export function foldersUpFrom(folder: string): string[] {
  return dirname(folder) === folder ? [folder] : [folder, ...foldersUpFrom(dirname(folder))];
}
