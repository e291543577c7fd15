import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSection } from '../scripts/generate/marked-section.ts';
import { pythonWith } from '../scripts/python.ts';
import { compileInto } from './compile.ts';
import { processes } from './processes.ts';
import { sectionOf } from './section.ts';
import type { Suite } from './suite.ts';
import { SUITES } from './suites.ts';

// npm run bench [-- suite … [--quick]]: measures, and writes each suite's section of docs/benchmarks.md. With --quick it
// tries the suites on few rows and only prints.

const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = wanted.filter((id) => !SUITES.some((suite) => suite.id === id));
if (unknown.length > 0)
  throw new Error(`no suite ${unknown.join(', ')}; there are ${SUITES.map(({ id }) => id).join(', ')}`);

const compiled = mkdtempSync(join(tmpdir(), 'bench-compiled-'));
try {
  compileInto(compiled);
  for (const suite of SUITES.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) await measure(suite);
} finally {
  rmSync(compiled, { recursive: true, force: true });
}

async function measure(suite: Suite): Promise<void> {
  const python = pythonWith(suite.packages);
  const folder = mkdtempSync(join(tmpdir(), `bench-${suite.id}-`));
  try {
    const lines = await suite.run({
      ...processes(python, compiled),
      log: (message) => process.stderr.write(`${suite.id}: ${message}\n`),
      folder,
      quick: values.quick,
    });
    const section = sectionOf(suite, lines, execFileSync(python, ['--version'], { encoding: 'utf8' }).trim());
    if (values.quick) process.stdout.write('A trial on few rows: no figure here means anything.\n');
    else writeSection(DOCUMENT, suite.id, section);
    process.stdout.write(`${section}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
