import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder in the user's cache that is filled once; one that was left half filled is made anew.
 *
 * @param name tells it apart from others, versions included.
 * @returns its path.
 */
export function cachedFolder(name: string, fill: (folder: string) => void): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mlops-action', name);
  const ready = join(folder, '.ready');
  if (existsSync(ready)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  fill(folder);
  writeFileSync(ready, '');
  return folder;
}
