import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type PushCell, pushCells, REPLAYED } from './pushes-plan.ts';
import { type CountedCell, type FittedCell, type PushedOften, pushOften } from './simulate-pushes.ts';

/** By cell: what its change is, and what became of its first pull requests. */
type StoredPushes = Readonly<Record<string, FittedCell & { readonly verdicts: string }>>;

const FILE = new URL('pool.json', import.meta.url);

export function writeStoredPushes(cells: readonly CountedCell[]): void {
  const stored: StoredPushes = Object.fromEntries(
    cells.map(({ cell, worse, limit, all }) => [nameOf(cell), { worse, limit, verdicts: verdictsOf(all) }]),
  );
  writeFileSync(FILE, `${JSON.stringify(stored, null, 2)}\n`);
}

/** What differs from what is stored, a few pull requests of each cell judged anew. */
export function replayPushes(): { readonly found: readonly string[]; readonly verdicts: number } {
  const stored = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as StoredPushes) : {};
  const found = pushCells.flatMap((cell) => {
    const known = stored[nameOf(cell)];
    if (!known) return [`${nameOf(cell)}: nothing is stored of it`];
    const again = verdictsOf(Array.from({ length: REPLAYED }, (_, replicate) => pushOften(cell, known, replicate)));
    return again === known.verdicts ? [] : [`${nameOf(cell)}: verdicts ${again}, not ${known.verdicts}`];
  });
  return { found, verdicts: pushCells.length * REPLAYED };
}

function nameOf({ metric, limit, news }: PushCell): string {
  return `pushes ${metric} ${limit} ${news}`;
}

/** Of each: one push, any of ten alone, any of ten by the rule, the repair: passed (p), failed (F), or there is none (-). */
function verdictsOf(all: readonly PushedOften[]): string {
  const letter = (passed: boolean | undefined) => (passed === undefined ? '-' : passed ? 'p' : 'F');
  return all
    .slice(0, REPLAYED)
    .map(({ once, alone, remembered, repaired }) => [once, alone, remembered, repaired].map(letter).join(''))
    .join(' ');
}
