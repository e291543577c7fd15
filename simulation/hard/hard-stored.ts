import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { JudgedChunk } from './hard-chunk.ts';
import { type HardGroup, hardGroups } from './hard-plan.ts';
import type { Calibration, HardObservation } from './hard-replicate.ts';

/** What is committed of the hard groups: enough to replay one replicate of each. */
interface StoredHard {
  /** By group: SHA-256 over the SHA-256 of each run's evidence. */
  readonly groups: Readonly<Record<string, string>>;
  /** By group, of its first replicate alone, judged by what all of them came to. */
  readonly replay: Readonly<
    Record<string, { readonly calibration: Calibration; readonly hashes: readonly string[]; readonly verdicts: string }>
  >;
}

const FILE = new URL('pool.json', import.meta.url);

export function readStoredHard(): StoredHard {
  if (!existsSync(FILE)) return { groups: {}, replay: {} };
  return JSON.parse(readFileSync(FILE, 'utf8')) as StoredHard;
}

export function writeStoredHard(stored: StoredHard): void {
  writeFileSync(FILE, `${JSON.stringify(stored, null, 2)}\n`);
}

/** @param of of a group, by its place: hashes of all replicates, and observations of at least the first. */
export function storedHardOf(of: (group: number) => JudgedChunk & { readonly calibration: Calibration }): StoredHard {
  const named = <Value>(make: (group: HardGroup, i: number) => Value) =>
    Object.fromEntries(hardGroups.map((group, i) => [group.name, make(group, i)]));
  return {
    groups: named((_, i) => createHash('sha256').update(of(i).hashes.join('\n')).digest('hex')),
    replay: named((group, i) => {
      const { hashes, observations, calibration } = of(i);
      const ofFirst = observations.slice(0, observationsOfOne(group, calibration));
      return { calibration, hashes: hashes.slice(0, group.runs.length), verdicts: verdictsOf(ofFirst) };
    }),
  };
}

/** How a group's first replicate differs from what is stored of it; empty where it does not. */
export function differences({ name }: Pick<HardGroup, 'name'>, stored: StoredHard, found: JudgedChunk): string[] {
  const known = stored.replay[name]!;
  const verdicts = verdictsOf(found.observations);
  return [
    ...(found.hashes.join() === known.hashes.join() ? [] : [`${name}: other evidence`]),
    ...(verdicts === known.verdicts ? [] : [`${name}: verdicts ${verdicts}, not ${known.verdicts}`]),
  ];
}

/** How many observations a replicate has: a trade only where there are two thresholds of one worth. */
function observationsOfOne({ kinds }: Pick<HardGroup, 'kinds'>, { thresholds }: Calibration): number {
  return kinds.reduce(
    (sum, { id, metrics }) => sum + metrics.filter((metric) => id !== 'trade' || thresholds[metric]).length,
    0,
  );
}

/** Of every harmless change, without and with a history, then of what goes wrong beside it: passed (p), failed (F), or there is none (-). */
function verdictsOf(observations: readonly HardObservation[]): string {
  const letter = (fails: boolean | undefined) => (fails === undefined ? '-' : fails ? 'F' : 'p');
  return observations
    .flatMap(({ first, later }) => [first, later])
    .map(({ fails, harmful }) => letter(fails) + letter(harmful.noise?.fails) + letter(harmful['mix-up']?.fails))
    .join(' ');
}
