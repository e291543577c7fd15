import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from '../cached-folder.ts';

/**
 * Another Node, from the npm packages that hold its official builds: fetched once, kept in the user's cache folder.
 *
 * @param platform `linux-x64`, `darwin-arm64` and so on; need not be this machine's.
 * @returns the path of the program.
 */
export function nodeFromNpm(platform: string, version: string): string {
  const name = `node-${platform}`;
  const folder = cachedFolder(`${name}-${version}`, (made) => {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', made, `${name}@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const tarball = readdirSync(made).find((file) => file.endsWith('.tgz'))!;
    execFileSync('tar', ['-xzf', join(made, tarball), '-C', made]);
  });
  return join(folder, 'package', 'bin', 'node');
}
