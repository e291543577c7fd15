import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Group, nameOf } from './plan.ts';
import type { Replicate } from './replicate.ts';

/** The pool as it is committed: what its runs are, by their hashes, and what the gate makes of a few of them. */
export interface Stored {
  /** By group: SHA-256 over the SHA-256 of each run's evidence, replicate by replicate. */
  readonly groups: Readonly<Record<string, string>>;
  /** By group, of its first replicate alone. */
  readonly replay: Readonly<Record<string, { readonly hashes: readonly string[]; readonly verdicts: string }>>;
}

const FILE = new URL('pool.json', import.meta.url);

/** Groups whose first replicate is replayed: all of the small tables, and three with more rows. */
export function isReplayed({ size, source, model }: Group): boolean {
  if (size === 7000 && source.rare) return model === 'random_forest';
  return size === 700 || (size === 7000 && model === 'gradient_boosting' && ['movies', 'wives'].includes(source.id));
}

export function readStored(): Stored {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Stored;
}

export function writeStored(stored: Stored): void {
  writeFileSync(FILE, `${JSON.stringify(stored, null, 2)}\n`);
}

/** What of a group's replicates is committed. */
export function groupSha256(replicates: readonly Replicate[]): string {
  return createHash('sha256')
    .update(replicates.flatMap(({ hashes }) => hashes).join('\n'))
    .digest('hex');
}

/** Of every gate, at how many of the limits tried it fails. */
export function verdictsOf({ observations }: Pick<Replicate, 'observations'>): string {
  return observations.map(({ fails }) => fails.filter((failed) => failed).length).join('');
}

/** How a replicate differs from what is stored of it; empty where it does not. */
export function differences(group: Group, stored: Stored, { hashes, observations }: Replicate): string[] {
  const known = stored.replay[nameOf(group)];
  if (!known) return [`${nameOf(group)}: nothing is stored of it`];
  const runs = group.runs.flatMap(({ change }, i) =>
    hashes[i] === known.hashes[i]
      ? []
      : [`${nameOf(group)}: other evidence of run ${i} (${change?.id ?? 'unchanged'})`],
  );
  const verdicts = verdictsOf({ observations });
  return verdicts === known.verdicts
    ? runs
    : [...runs, `${nameOf(group)}: verdicts ${verdicts}, not ${known.verdicts}`];
}
