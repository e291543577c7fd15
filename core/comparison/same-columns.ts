import type { ColumnDigest } from '../dataset/evaluation-set.ts';
import type { RowSet } from '../evidence/evidence.ts';

/** What became of a baseline's columns in a table of as many rows in the same order. */
interface KnownColumns {
  /** By the baseline's name: the name now. */
  readonly found: ReadonlyMap<string, string>;
  /** Columns of that name which hold other values. */
  readonly edited: readonly string[];
}

/** Finds the baseline's columns by name, and those whose name is gone by what they hold. */
export function knownColumns(baseline: readonly ColumnDigest[], candidate: readonly ColumnDigest[]): KnownColumns {
  const byName = new Map(candidate.map((column) => [column.name, column.digest]));
  const known = new Set(baseline.map(({ name }) => name));
  const free = candidate.filter(({ name }) => !known.has(name));
  const found = new Map<string, string>();
  const edited: string[] = [];
  for (const { name, digest } of baseline) {
    const now = byName.get(name);
    if (now !== undefined) {
      if (now === digest) found.set(name, name);
      else edited.push(name);
      continue;
    }
    const at = free.findIndex((column) => column.digest === digest);
    if (at >= 0) found.set(name, free.splice(at, 1)[0]!.name);
  }
  return { found, edited };
}

/**
 * Whether the rows of two tables hold the same at the same places: they are as many, and the columns that are still there agree value by
 * value. At least half of the baseline's columns have to be there, or too little would tell rows apart.
 */
export function hasSamePlaces(baseline: RowSet, candidate: RowSet): boolean {
  if (!baseline.columns || !candidate.columns || baseline.nRows !== candidate.nRows) return false;
  const { found, edited } = knownColumns(baseline.columns, candidate.columns);
  return edited.length === 0 && found.size > 0 && 2 * found.size >= baseline.columns.length;
}
