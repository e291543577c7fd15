import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Packs the package and installs the tarball, without network, into an empty folder.
 *
 * @returns the folder, where `npx mlops` works.
 */
export function installPackedCli(): string {
  const packed = mkdtempSync(join(tmpdir(), 'pack-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', packed], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [tarball] = readdirSync(packed);
  const user = mkdtempSync(join(tmpdir(), 'user-'));
  execFileSync('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', join(packed, tarball!)], {
    cwd: user,
  });
  return user;
}
