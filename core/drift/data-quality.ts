import { combine, type Hash64, hashNumber, hashText } from '../random/hash.ts';
import { type Column, isMissing, type Table } from '../table/table.ts';
import type { DriftRequest } from './drift-request.ts';
import type { DataQuality } from './drift-result.ts';
import { countTexts, kindOf, pairColumns, presentRows } from './pair-columns.ts';

/** New categories that are named. */
const MOST_NAMED = 10;
/** Rows beyond the reference that any two tables have: about this share, and a few rows of the reference's size. */
const USUAL_SHARE = 0.01;
const USUAL_ROWS = 10;

/** Missing columns, other types, new categories, values out of range, and rows that are there twice. */
export function dataQuality({ reference, current, ignored, target }: DriftRequest): DataQuality {
  const shared = reference.columns.flatMap((before) => {
    const after = current.column(before.name);
    return after && !ignored.has(before.name) ? [{ column: before.name, before, after }] : [];
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
    newCategories: shared.flatMap(({ column, before, after }) => newCategories(column, before, after)),
    outOfRange: shared.flatMap(({ column, before, after }) => outOfRange(column, before, after)),
  };
}

function newCategories(column: string, before: Column, after: Column): DataQuality['newCategories'] {
  if (before.kind !== 'categorical' || after.kind !== 'categorical') return [];
  const pair = pairColumns(before, after);
  if (pair.kind === 'not_judged' && !pair.isChange) return [];
  const known = countTexts(before);
  const fresh = [...countTexts(after)].filter(([category]) => !known.has(category)).sort((a, b) => b[1] - a[1]);
  if (fresh.length === 0) return [];
  const rows = fresh.reduce((sum, [, count]) => sum + count, 0);
  const categories = fresh.slice(0, MOST_NAMED).map(([category]) => category);
  return [{ column, categories, share: rows / after.codes.length }];
}

function outOfRange(column: string, before: Column, after: Column): DataQuality['outOfRange'] {
  if (before.kind !== 'numeric' || after.kind !== 'numeric') return [];
  const pair = pairColumns(before, after);
  if (pair.kind !== 'numeric') return [];
  const { reference, current } = pair.samples;
  const [low, high] = [reference[0]!, reference.at(-1)!];
  const share = current.filter((value) => value < low || value > high).length / current.length;
  if (share <= Math.max(USUAL_SHARE, USUAL_ROWS / reference.length)) return [];
  return [{ column, share, reference: [low, high], current: [current[0]!, current.at(-1)!] }];
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
