import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder.ts';

/**
 * A Python with these pinned packages, for comparisons with the originals: made once, kept in the user's cache folder.
 *
 * @returns the path of the interpreter.
 */
export function pythonWith(packages: readonly string[]): string {
  const key = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 16);
  const pythonIn = (folder: string) => join(folder, 'bin', 'python');
  const folder = cachedFolder(`python-${key}`, (made) => {
    execFileSync('python3', ['-m', 'venv', made], { stdio: 'inherit' });
    execFileSync(pythonIn(made), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
      stdio: 'inherit',
    });
  });
  return pythonIn(folder);
}
