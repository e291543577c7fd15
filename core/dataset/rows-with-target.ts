import { type Column, columnLength, createTable, isMissing, sortByBytes, type Table } from '../table/table.ts';

/**
 * The table without the rows that have no target, where `target_missing: drop` is set; otherwise the table as it is.
 *
 * @returns also a note that counts the rows that were left out. A category that only they had is gone.
 */
export function rowsWithTarget(
  table: Table,
  { target, policy }: { readonly target: string; readonly policy: 'error' | 'drop' },
): { readonly table: Table; readonly notes: readonly string[] } {
  const column = table.column(target);
  if (policy === 'error' || !column) return { table, notes: [] };
  const kept = Array.from({ length: table.nRows }, (_, row) => row).filter((row) => !isMissing(column, row));
  if (kept.length === table.nRows) return { table, notes: [] };
  const dropped = table.nRows - kept.length;
  const rest = table.take(kept);
  return {
    table: createTable(rest.columns.map(withOwnCategories), rest.notes),
    notes: [`rows without a target are left out, as \`target_missing: drop\` says: ${dropped} of ${table.nRows}`],
  };
}

/** The column with only the categories that it has. */
function withOwnCategories(column: Column): Column {
  if (column.kind === 'numeric') return column;
  const { codes, categories } = column;
  const own = sortByBytes(new Set([...new Set(codes)].flatMap((code) => (code < 0 ? [] : [categories[code]!]))));
  const codeOf = new Map(own.map((category, code) => [category, code]));
  const recoded = new Int32Array(columnLength(column));
  for (let row = 0; row < recoded.length; row++) {
    recoded[row] = codes[row]! < 0 ? -1 : codeOf.get(categories[codes[row]!]!)!;
  }
  return { ...column, codes: recoded, categories: own };
}
