import { availableParallelism, cpus, totalmem } from 'node:os';
import { markedSection } from '../scripts/generate/marked-section.ts';
import type { Suite } from './suite.ts';

/** A suite's section: title, machine, versions, day and what was measured. */
export function sectionOf({ id, title, packages }: Suite, lines: readonly string[], python: string): string {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}; ${python}, ${packages.join(', ')}; ${new Date().toISOString().slice(0, 10)}`;
  return markedSection(id, [`## ${title}`, '', machine, '', ...lines]);
}
