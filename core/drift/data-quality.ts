import { combine, type Hash64, hashNumber, hashText } from '../random/hash.ts';
import { type Column, isMissing, type Table } from '../table/table.ts';
import type { DriftRequest } from './drift-request.ts';
import type { ColumnDrift, DataQuality } from './drift-result.ts';
import { countTexts, kindOf, presentRows } from './pair-columns.ts';

/** New categories that are named. */
const MOST_NAMED = 10;
/** Rows beyond the reference that any two tables have: about this share, and a few rows of the reference's size. */
const USUAL_SHARE = 0.01;
const USUAL_ROWS = 10;

/** Missing columns, other types, new categories, values out of range, and rows that are there twice. */
export function dataQuality(
  { reference, current, ignored, target }: DriftRequest,
  judged: readonly ColumnDrift[],
): DataQuality {
  const shared = reference.columns.flatMap((before, i) => {
    const after = current.column(before.name);
    return after && !ignored.has(before.name) ? [{ column: before.name, before, after, found: judged[i]! }] : [];
  });
  const isAbsent = (table: Table) => (column: Column) =>
    !table.column(column.name) && column.name !== target && !ignored.has(column.name);
  return {
    duplicates: { reference: repeatedShare(reference), current: repeatedShare(current) },
    onlyInReference: reference.columns.filter(isAbsent(current)).map(({ name }) => name),
    onlyInCurrent: current.columns.filter(isAbsent(reference)).map(({ name }) => name),
    typeChanges: shared
      .filter(({ before, after }) => presentRows(before) > 0 && presentRows(after) > 0)
      .map(({ column, before, after }) => ({ column, reference: kindOf(before), current: kindOf(after) }))
      .filter((change) => change.reference !== change.current),
    newCategories: shared.flatMap(newCategories),
    outOfRange: shared.flatMap(outOfRange),
  };
}

/** A column of both tables, and what became of it. */
interface SharedColumn {
  readonly column: string;
  readonly before: Column;
  readonly after: Column;
  readonly found: ColumnDrift;
}

function newCategories({ column, before, after, found }: SharedColumn): DataQuality['newCategories'] {
  if (before.kind !== 'categorical' || after.kind !== 'categorical' || found.status === 'not_judged') return [];
  const known = countTexts(before);
  const fresh = [...countTexts(after)].filter(([category]) => !known.has(category)).sort((a, b) => b[1] - a[1]);
  // A column without values had no categories.
  if (fresh.length === 0 || known.size === 0) return [];
  const rows = fresh.reduce((sum, [, count]) => sum + count, 0);
  const categories = fresh.slice(0, MOST_NAMED).map(([category]) => category);
  return [{ column, categories, share: rows / after.codes.length }];
}

function outOfRange({ column, after, found: { numbers, values } }: SharedColumn): DataQuality['outOfRange'] {
  if (!numbers || !values || after.kind !== 'numeric') return [];
  const { reference, current } = numbers;
  const beyond = after.values.filter((value) => value < reference.min || value > reference.max).length;
  const share = beyond / values.n.current;
  if (share <= Math.max(USUAL_SHARE, USUAL_ROWS / values.n.reference)) return [];
  return [{ column, share, reference: [reference.min, reference.max], current: [current.min, current.max] }];
}

/** The share of rows that are equal to an earlier one. */
function repeatedShare(table: Table): number {
  const hashers = table.columns.map(hasherOf);
  const seen = new Set<number>();
  for (let row = 0; row < table.nRows; row++) {
    const { high, low } = combine(hashers.map((hash) => hash(row)));
    // 53 bits, which a number holds exactly.
    seen.add((high >>> 11) * 0x100000000 + low);
  }
  return table.nRows === 0 ? 0 : 1 - seen.size / table.nRows;
}

const MISSING = hashText('missing');

function hasherOf(column: Column): (row: number) => Hash64 {
  if (column.kind === 'numeric') return (row) => (isMissing(column, row) ? MISSING : hashNumber(column.values[row]!));
  const hashes = column.categories.map(hashText);
  return (row) => hashes[column.codes[row]!] ?? MISSING;
}
