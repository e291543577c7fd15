import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles a folder's index.ts into one file that needs nothing but Node, with the licences of what is in it. tsc emits
 * JavaScript first, since the bundler knows no TypeScript 7.
 *
 * @param entry a door, or the program that computes hashes of models.
 * @param out folder that is made anew.
 */
export function bundle(entry: 'action' | 'cli' | 'test/hashes', out: string): void {
  const run = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [`${root}/node_modules/${script}`, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const built = `${root}/build/${entry}-bundle`;
  rmSync(`${root}/build`, { recursive: true, force: true });
  run('typescript/bin/tsc', '--project', 'tsconfig.build.json');
  writeFileSync(`${root}/build/package.json`, '{ "type": "module" }\n');
  const options = ['--minify', '--license', 'licenses.txt', '--no-source-map-register'];
  run('@vercel/ncc/dist/ncc/cli.js', 'build', `build/${entry}/index.js`, '--out', built, ...options);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const file of ['index.js', 'licenses.txt']) cpSync(`${built}/${file}`, `${out}/${file}`);
  writeFileSync(`${out}/package.json`, '{ "type": "module" }\n');
}
