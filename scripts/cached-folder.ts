import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** A lock this old belongs to a process that was killed. */
const STALE_MILLISECONDS = 15 * 60_000;

/**
 * A folder in the user's cache that is filled once; one that was left half filled is made anew. Of processes that want the
 * same folder at a time one fills it, and the others wait.
 *
 * @param name tells it apart from others, versions included.
 * @returns its path.
 */
export function cachedFolder(name: string, fill: (folder: string) => void): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mlops-action', name);
  const ready = join(folder, '.ready');
  if (existsSync(ready)) return folder;
  withLock(`${folder}.lock`, () => {
    if (existsSync(ready)) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    fill(folder);
    writeFileSync(ready, '');
  });
  return folder;
}

function withLock(path: string, work: () => void): void {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_MILLISECONDS) rmSync(path, { recursive: true, force: true });
    return false;
  }
}
