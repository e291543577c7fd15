import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { NoCommit } from '../../ports/commit-tree.ts';
import { createGit, type Git, hasGit } from './git.ts';
import { isWithin } from './git-program.ts';
import { foldersUpFrom, isBareRepository, type RepositoryFolder, repositoryAt } from './repository-folder.ts';
import { isOwnRepository } from './repository-owner.ts';

/** A clone that a person works in. */
export interface Clone extends RepositoryFolder {
  readonly kind: 'clone';
  /** It reads objects. */
  readonly git: Git;
}

/**
 * The clone that holds `folder`: the nearest folder above it, or itself, with a `.git`. A bare repository among the files
 * of the clone is not one.
 */
export async function openClone(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Clone | NoCommit> {
  const start = await realpath(folder).catch(() => undefined);
  const folders = start === undefined ? [] : foldersUpFrom(start);
  for (const root of folders) {
    const found = await repositoryAt(root);
    if (found === undefined) continue;
    if (!hasGit(env, root)) return NO_GIT;
    if (!(await isOwnRepository(found, env))) return foreign(root);
    return { ...found, kind: 'clone', git: createGit(found.gitDir, { access: 'objects', env, workspace: root }) };
  }
  for (const each of folders) if (await isBareRepository(each)) return BARE;
  return NO_REPOSITORY;
}

/** The clone that holds `folder`; null where there is none that can be read. */
export async function cloneOrNull(folder: string): Promise<Clone | null> {
  const found = await openClone(folder);
  return found.kind === 'clone' ? found : null;
}

/** What a clone's configuration says, or its person's; undefined when neither does. */
export async function settingOf(clone: RepositoryFolder, key: string): Promise<string | undefined> {
  return (await settingsOf(clone, key)).at(-1)?.trim();
}

/** All values of a key that a clone's configuration has, or its person's. */
export async function settingsOf({ gitDir, root }: RepositoryFolder, key: string): Promise<string[]> {
  const git = createGit(gitDir, { access: 'user', workspace: root });
  return ((await git.tryRun(['config', '--get-all', key])) ?? '').split('\n').filter(Boolean);
}

/**
 * The repository of a job's checkout: of its workspace, or, where several were checked out into folders of it, of the one
 * that holds `folder`.
 */
export async function openCheckout(
  workspace: string,
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Clone | NoCommit> {
  if (!hasGit(env, workspace)) return NO_GIT;
  const fence = await realpath(workspace).catch(() => workspace);
  for (const root of foldersDownTo(fence, await realpath(folder).catch(() => folder))) {
    const found = await repositoryAt(root, fence);
    if (!found) continue;
    return { ...found, kind: 'clone', git: createGit(found.gitDir, { access: 'objects', env, workspace: fence }) };
  }
  return { ...NO_REPOSITORY, next: 'check the repository out with actions/checkout before this step' };
}

/**
 * The commit that a job has checked out.
 *
 * @returns null when nothing is checked out there.
 */
export async function readCheckedOutCommit(workspace: string, folder: string): Promise<string | null> {
  const found = await openCheckout(workspace, folder);
  return found.kind === 'clone' ? ((await commitNamed(found.git, 'HEAD')) ?? null) : null;
}

const NO_GIT: NoCommit = {
  kind: 'no_git',
  why: 'git could not be found in PATH',
  next: 'install git, outside the project',
};
const NO_REPOSITORY: NoCommit = {
  kind: 'no_repository',
  why: 'no git repository',
  next: 'run `git init` and commit, to compare changes with earlier commits, or work in a clone',
};
const BARE: NoCommit = {
  kind: 'bare',
  why: 'the folder lies in a bare repository, which has no files',
  next: 'run it in a clone of the repository',
};

function foreign(root: string): NoCommit {
  return {
    kind: 'foreign',
    why: `the repository in ${root} belongs to another user`,
    next: `if you trust it: git config --global --add safe.directory ${root}`,
  };
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
