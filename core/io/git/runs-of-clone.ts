import { join, resolve } from 'node:path';
import { StoreError } from '../../errors/app-error.ts';
import { createRunStore, type RunStore } from '../../tracking/run-store.ts';
import { createCacheFile } from '../cache-file.ts';
import { type Clone, openClone, settingOf } from './clone.ts';
import { createGit, type Git } from './git.ts';
import { createGitRecordFiles } from './git-record-files.ts';

/**
 * The branch of runs as a clone can see it: of its `origin`; when that cannot be reached, or there is none, of the clone
 * itself. Files and branches of the clone are not touched; what is fetched is kept in its `.git`, where no change can
 * bring anything.
 *
 * @param options.root a folder of the clone.
 * @throws StoreError when there is no clone, or neither place can be read.
 */
export async function openRunsOfClone(options: {
  readonly root: string;
  readonly branch: string;
  readonly warn: (message: string) => void;
}): Promise<RunStore> {
  const { root, branch, warn } = options;
  const clone = await openClone(root);
  if (clone.kind !== 'clone') {
    throw new StoreError({
      place: '--source branch',
      message: clone.why,
      found: root,
      next: `${clone.next}, or leave --source out: runs of this machine are in .mlops/`,
    });
  }
  const { git } = clone;
  const open = (name: string, of: { readonly remote: string; readonly ref?: string }) => {
    const cache = cacheIn(clone, name);
    const files = createGitRecordFiles({ ...of, ...cache, branch });
    return createRunStore(files, createCacheFile(join(cache.workDir, 'runs.index')));
  };
  const own = async () => {
    const ref = await firstRef(git, [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]);
    return ref && open('clone', { remote: clone.root, ref });
  };
  const origin = await originOf(clone);
  if (origin === undefined) {
    const store = await own();
    if (store) return store;
    throw new StoreError({
      place: '--source branch',
      message: `this clone has no origin and no branch ${branch}`,
      next: 'the Action makes it with the first push to the default branch; its name is tracking.branch in mlops.yml',
    });
  }
  const remote = open('origin', { remote: origin });
  try {
    const found = await remote.summaries();
    // Asked once is enough: nobody needs what was written within the same command.
    return { ...remote, summaries: async () => found };
  } catch (error) {
    const store = error instanceof StoreError ? await own() : undefined;
    if (!store) throw error;
    warn(`${remote.description}: ${(error as StoreError).problems[0]!.message}; shown as this clone last saw it`);
    return store;
  }
}

async function firstRef(git: Git, refs: readonly string[]): Promise<string | undefined> {
  for (const ref of refs) if ((await git.tryRun(['rev-parse', '--verify', '--quiet', ref])) !== undefined) return ref;
  return undefined;
}

/** Where a private repository of the given name lies, and how it reaches `origin`: as the user does. */
export function cacheIn({ gitDir, root }: Clone, name: string) {
  return { workDir: join(gitDir, 'mlops', `${name}.git`), access: 'user', workspace: root } as const;
}

/** The address of `origin`, with the user's own rewriting rules; a path is relative to the clone. */
export async function originOf(clone: Clone): Promise<string | undefined> {
  const { gitDir, root } = clone;
  if ((await settingOf(clone, 'remote.origin.url')) === undefined) return undefined;
  // It prints the address, and asks nobody.
  const git = createGit(gitDir, { access: 'user', workspace: root });
  const url = (await git.run(['ls-remote', '--get-url', 'origin'])).trim();
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^[^/\\]{2,}:/.test(url) ? url : resolve(root, url);
}
