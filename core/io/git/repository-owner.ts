import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGit } from './git.ts';
import type { RepositoryFolder } from './repository-folder.ts';

/**
 * Whether a person's git would read the repository: it is theirs, or they said that they trust it. A git that is told where
 * the repository lies does not look at this itself.
 */
export async function isOwnRepository({ root, gitDir }: RepositoryFolder, env: NodeJS.ProcessEnv): Promise<boolean> {
  // Windows has no such numbers.
  const user = process.getuid?.();
  if (user === undefined) return true;
  const own = new Set([user, ...(user === 0 && /^\d+$/.test(env.SUDO_UID ?? '') ? [Number(env.SUDO_UID)] : [])]);
  const places = await Promise.all([root, join(root, '.git'), gitDir].map((path) => lstat(path)));
  if (places.every(({ uid }) => own.has(uid))) return true;
  return (await trustedFolders(env)).some(
    (folder) => folder === '*' || folder === root || (folder.endsWith('/*') && root.startsWith(folder.slice(0, -1))),
  );
}

/** What `safe.directory` says in the configuration of the person and of the machine, and in no repository's. */
async function trustedFolders(env: NodeJS.ProcessEnv): Promise<string[]> {
  const git = createGit('/dev/null', { access: 'user', env });
  const folders: string[] = [];
  for (const scope of ['--system', '--global']) {
    const out = await git.tryRun(['config', scope, '--includes', '--type=path', '--get-all', '-z', 'safe.directory']);
    for (const folder of out?.split('\0').slice(0, -1) ?? []) {
      // An empty value drops what was said before.
      if (folder === '') folders.length = 0;
      else folders.push(folder);
    }
  }
  return folders;
}
