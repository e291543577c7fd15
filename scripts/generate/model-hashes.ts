import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sizes } from '../../test/hashes/cases.ts';
import { computeHashes, type Hashes } from '../../test/hashes/compute-hashes.ts';
import { projectHashes } from '../../test/hashes/project.ts';

/**
 * `npm run hashes` prints the hashes of models, predictions and metrics as they are on this machine; with `--write` they
 * become test/hashes/models.json, which `npm run test:hashes` compares every way of running with.
 */
const committed = new URL('../../test/hashes/models.json', import.meta.url);
const cli = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));
const hashes: Hashes = { ...(await computeHashes(1, sizes)), ...projectHashes([process.execPath, cli], 1) };
const text = `${JSON.stringify(hashes, null, 2)}\n`;
if (!process.argv.includes('--write')) process.stdout.write(text);
else {
  const before = JSON.parse(readFileSync(committed, 'utf8')) as Hashes;
  writeFileSync(committed, text);
  const changed = Object.keys({ ...before, ...hashes }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(hashes[name]),
  );
  process.stdout.write(`${changed.map((name) => `changed: ${name}\n`).join('')}${changed.length} changed\n`);
}
