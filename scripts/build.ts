import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Bundles a door into one file that needs nothing but Node: `action` into dist/ (committed, what `uses:` runs), `cli` into
 * bin/ (made when packing). tsc emits JavaScript first, since the bundler knows no TypeScript 7.
 */
const DOORS = {
  action: { entry: 'build/action/index.js', out: 'dist' },
  cli: { entry: 'build/cli/index.js', out: 'bin' },
} as const;

const door = process.argv[2];
if (door !== 'action' && door !== 'cli') throw new Error('usage: node scripts/build.ts action|cli');
const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command: string, ...args: string[]) =>
  execFileSync(process.execPath, [`${root}/node_modules/${command}`, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

rmSync(`${root}/build`, { recursive: true, force: true });
run('typescript/bin/tsc', '--project', 'tsconfig.build.json');
writeFileSync(`${root}/build/package.json`, '{ "type": "module" }\n');
const { entry, out } = DOORS[door];
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  entry,
  '--out',
  `build/${out}`,
  '--minify',
  '--license',
  'licenses.txt',
  '--no-source-map-register',
);
rmSync(`${root}/${out}`, { recursive: true, force: true });
mkdirSync(`${root}/${out}`);
for (const file of ['index.js', 'licenses.txt']) cpSync(`${root}/build/${out}/${file}`, `${root}/${out}/${file}`);
writeFileSync(`${root}/${out}/package.json`, '{ "type": "module" }\n');
