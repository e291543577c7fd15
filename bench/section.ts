import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Suite } from './suite.ts';

const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);
const startOf = (id: string) => `<!-- ${id} -->`;
const endOf = (id: string) => `<!-- /${id} -->`;

/** A suite's section: title, machine, versions, day and what was measured. */
export function sectionOf({ id, title, packages }: Suite, lines: readonly string[], python: string): string {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}; ${python}, ${packages.join(', ')}; ${new Date().toISOString().slice(0, 10)}`;
  return [startOf(id), '', `## ${title}`, '', machine, '', ...lines, '', endOf(id)].join('\n');
}

/** Puts the section into docs/benchmarks.md where it was, or at the end. */
export function writeSection(id: string, section: string): void {
  const before = readFileSync(DOCUMENT, 'utf8');
  const from = before.indexOf(startOf(id));
  const after =
    from < 0
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, from) + section + before.slice(before.indexOf(endOf(id)) + endOf(id).length);
  writeFileSync(DOCUMENT, after);
}
