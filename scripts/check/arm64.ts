import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { nodeFromNpm } from './node-from-npm.ts';

const LIBRARIES = '/usr/aarch64-linux-gnu';
const PACKAGES = ['qemu-user-static', 'libc6-arm64-cross', 'libstdc++6-arm64-cross'];

/**
 * The command that starts a Node for arm64 Linux here, emulated where this is another processor. Debian's emulator and
 * libraries are installed by root, and in CI by whoever may become root without a password.
 *
 * @returns null where there is no way to emulate, which in CI is an error.
 */
export function arm64Node(version: string): readonly string[] | null {
  if (process.platform === 'linux' && process.arch === 'arm64') return [nodeFromNpm('linux-arm64', version)];
  const missing = isInstalled() ? null : install();
  if (missing === null) return ['qemu-aarch64-static', '-L', LIBRARIES, nodeFromNpm('linux-arm64', version)];
  const message = `arm64 cannot be emulated: ${missing}; install ${PACKAGES.join(', ')} of Debian or Ubuntu`;
  if (process.env.CI === 'true') throw new Error(message);
  process.stderr.write(`\n!!! NOT CHECKED ON ARM64: ${message}\n\n`);
  return null;
}

function isInstalled(): boolean {
  return (
    existsSync(`${LIBRARIES}/lib/ld-linux-aarch64.so.1`) &&
    existsSync(`${LIBRARIES}/lib/libstdc++.so.6`) &&
    spawnSync('qemu-aarch64-static', ['--version']).status === 0
  );
}

/** What keeps the packages from being installed; null when they now are. */
function install(): string | null {
  if (spawnSync('apt-get', ['--version']).status !== 0) return 'there is no apt-get';
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (process.env.CI !== 'true' || spawnSync('sudo', ['-n', 'true']).status !== 0)) {
    return 'only root may install packages';
  }
  const asRoot = (...command: string[]) => {
    const [program = '', ...args] = isRoot ? command : ['sudo', '-n', ...command];
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  try {
    asRoot('apt-get', 'update', '-qq');
    asRoot('apt-get', 'install', '-qq', '-y', '--no-install-recommends', ...PACKAGES);
  } catch {
    return 'apt-get failed';
  }
  return isInstalled() ? null : 'the packages are not what they were';
}
