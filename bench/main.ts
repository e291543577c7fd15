import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../scripts/python.ts';
import { csvSuite } from './csv.ts';
import { datasetsSuite } from './datasets.ts';
import { linearSuite } from './linear.ts';
import type { Suite } from './suite.ts';

// npm run bench [suite …]: measures, and writes each suite's section of docs/benchmarks.md.

const SUITES: readonly Suite[] = [csvSuite, datasetsSuite, linearSuite];
const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !SUITES.some((suite) => suite.id === id));
if (unknown.length > 0)
  throw new Error(`no suite ${unknown.join(', ')}; there are ${SUITES.map(({ id }) => id).join(', ')}`);

for (const suite of SUITES.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const log = (message: string) => process.stderr.write(`${suite.id}: ${message}\n`);
  const python = pythonWith(suite.packages);
  const lines = await suite.run((script, input) => {
    const path = fileURLToPath(new URL(`./peers/${script}`, import.meta.url));
    return JSON.parse(execFileSync(python, [path], { input: JSON.stringify(input), encoding: 'utf8' }));
  }, log);
  writeSection(suite, lines);
}

/** Puts the section where it was, or at the end. */
function writeSection({ id, title, packages }: Suite, lines: readonly string[]): void {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}; ${packages.join(', ')}; ${new Date().toISOString().slice(0, 10)}`;
  const start = `<!-- ${id} -->`;
  const end = `<!-- /${id} -->`;
  const section = [start, '', `## ${title}`, '', machine, '', ...lines, '', end].join('\n');
  const before = readFileSync(DOCUMENT, 'utf8');
  const from = before.indexOf(start);
  const after =
    from < 0
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, from) + section + before.slice(before.indexOf(end) + end.length);
  writeFileSync(DOCUMENT, after);
  process.stdout.write(`${section}\n`);
}
