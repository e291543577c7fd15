import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageLicenses } from './page-licenses.ts';
import { reachableTypes } from './reachable-types.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is bundled: a door, the library, or the program that computes hashes of models. */
type Entry = 'action' | 'cli' | 'core' | 'test/hashes';

/**
 * Bundles a folder's index.ts into one file that needs nothing but Node, with the licences of what is in it. The command line
 * gets a second file, which starts it.
 *
 * @param out folder that is made anew.
 */
export function bundle(entry: Exclude<Entry, 'core'>, out: string): void {
  const built = bundleOf(entry);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  cpSync(join(built, 'index.js'), join(out, entry === 'cli' ? 'mlops.js' : 'index.js'));
  if (entry === 'cli') cpSync(join(root, 'scripts/build/packed-start.js'), join(out, 'index.js'));
  const licenses = readFileSync(join(built, 'licenses.txt'), 'utf8');
  writeFileSync(join(out, 'licenses.txt'), entry === 'test/hashes' ? licenses : licenses + pageLicenses());
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
}

/** Bundles the library as `core.js` into the folder of the command line, with its types below `types/`. */
export function bundleLibrary(out: string): void {
  cpSync(join(bundleOf('core'), 'index.js'), join(out, 'core.js'));
  const types = join(root, 'build/types');
  run('typescript/bin/tsc', '--project', 'tsconfig.types.json', '--outDir', types);
  for (const path of reachableTypes(types, 'core/index.d.ts')) cpSync(join(types, path), join(out, 'types', path));
}

/** tsc emits JavaScript first, since the bundler knows no TypeScript 7. */
function bundleOf(entry: Entry): string {
  const built = join(root, 'build', `${entry}-bundle`);
  rmSync(join(root, 'build'), { recursive: true, force: true });
  run('typescript/bin/tsc', '--project', 'tsconfig.build.json');
  writeFileSync(join(root, 'build/package.json'), '{ "type": "module" }\n');
  const options = ['--minify', '--license', 'licenses.txt', '--no-source-map-register'];
  run('@vercel/ncc/dist/ncc/cli.js', 'build', `build/${entry}/index.js`, '--out', built, ...options);
  return built;
}

function run(script: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
