import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../build/bundle.ts';

/** Proves that dist/ is what the sources give, and that it runs where nothing else is. `npm run test:dist`. */
const committed = fileURLToPath(new URL('../../dist', import.meta.url));
const fresh = join(mkdtempSync(join(tmpdir(), 'dist-')), 'dist');
bundle('action', fresh);
for (const file of readdirSync(fresh)) {
  if (!readFileSync(join(fresh, file)).equals(readFileSync(join(committed, file)))) {
    throw new Error(`dist/${file} is not what the sources give: run \`npm run build\` and commit dist/`);
  }
}
const empty = mkdtempSync(join(tmpdir(), 'empty-'));
cpSync(committed, join(empty, 'dist'), { recursive: true });
const { status, stdout } = spawnSync(process.execPath, ['dist/index.js'], { cwd: empty, env: {}, encoding: 'utf8' });
if (status !== 1 || !stdout.includes('this does not run as a step of a workflow')) {
  throw new Error(`dist/index.js did not start from an empty folder (exit ${status}):\n${stdout}`);
}
process.stdout.write('dist/ is fresh and runs from an empty folder\n');
