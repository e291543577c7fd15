import { dateText } from './date.ts';
import type { TableNote } from './table-notes.ts';
import { takeValues } from './take-values.ts';

/** Numbers; NaN marks a missing value (±Infinity is an error when reading). */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /** The values are dates: days since 1970-01-01 00:00 UTC. */
  readonly isDate?: true;
  /** How the dates were written, where `parseDate` alone does not read them (`%d/%m/%Y`). */
  readonly dateFormat?: string;
}

/** Text: `codes[row]` is an index into `categories`; −1 marks a missing value. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  /** Distinct values, sorted by their UTF-8 bytes so that codes are the same on every machine. */
  readonly categories: readonly string[];
}

export type Column = NumericColumn | CategoricalColumn;

/** The kinds a column may be declared as; a date becomes a numeric column. */
export type DeclaredKind = Column['kind'] | 'date';

/** A table of typed columns of equal length. It is immutable: operations return new tables, which may share columns. */
export interface Table {
  readonly nRows: number;
  readonly columns: readonly Column[];
  /** What its reader saw in the file and a person should know. */
  readonly notes: readonly TableNote[];
  /** The column of that name, or undefined. */
  column(name: string): Column | undefined;
  /** These columns, in this order. Throws RangeError for a name that is not in the table. */
  select(names: readonly string[]): Table;
  /** The rows at these positions, in this order; a position may repeat. */
  take(rows: ArrayLike<number>): Table;
}

/** @throws RangeError when columns differ in length or share a name. */
export function createTable(columns: readonly Column[], notes: readonly TableNote[] = []): Table {
  const nRows = columns.length === 0 ? 0 : columnLength(columns[0]!);
  const byName = new Map<string, Column>();
  for (const column of columns) {
    if (columnLength(column) !== nRows)
      throw new RangeError(`column "${column.name}" has ${columnLength(column)} rows, expected ${nRows}`);
    if (byName.has(column.name)) throw new RangeError(`two columns have the name "${column.name}"`);
    byName.set(column.name, column);
  }
  return {
    nRows,
    columns,
    notes,
    column: (name) => byName.get(name),
    select: (names) =>
      createTable(
        names.map((name) => {
          const column = byName.get(name);
          if (!column) throw new RangeError(`the table has no column "${name}"`);
          return column;
        }),
        notes,
      ),
    take: (rows) =>
      createTable(
        columns.map((column) => takeRows(column, rows)),
        notes,
      ),
  };
}

/** How many rows a column has. */
export function columnLength(column: Column): number {
  return column.kind === 'numeric' ? column.values.length : column.codes.length;
}

/** Whether the value at a row is missing. */
export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'numeric' ? Number.isNaN(column.values[row]) : column.codes[row]! < 0;
}

/** A value as text, as written to a file (dates in ISO 8601); the empty string for a missing value. */
export function valueText(column: Column, row: number): string {
  if (isMissing(column, row)) return '';
  if (column.kind === 'categorical') return column.categories[column.codes[row]!]!;
  return column.isDate ? dateText(column.values[row]!) : String(column.values[row]);
}

/**
 * A categorical column from text; missing values are undefined. Categories are sorted by UTF-8 bytes.
 *
 * @example
 * categoricalColumn('plan', ['b', undefined, 'a']) // codes [1, −1, 0], categories ['a', 'b']
 */
export function categoricalColumn(name: string, values: readonly (string | undefined)[]): CategoricalColumn {
  const categories = sortByBytes(new Set(values.filter((value) => value !== undefined)));
  const code = new Map(categories.map((category, i) => [category, i]));
  return {
    kind: 'categorical',
    name,
    codes: Int32Array.from(values, (value) => (value === undefined ? -1 : code.get(value)!)),
    categories,
  };
}

/** Sorts text by its UTF-8 bytes, which is the order of code points and does not depend on the locale. */
export function sortByBytes(texts: Iterable<string>): string[] {
  const list = [...texts];
  // Without surrogates, the default order (by UTF-16 units) is the same and needs no encoding.
  if (!list.some((text) => /[\ud800-\udfff]/.test(text))) return list.sort();
  const encoder = new TextEncoder();
  return (
    list
      .map((text) => ({ text, bytes: encoder.encode(text) }))
      // Lone surrogates all have the same UTF-8 encoding.
      .sort((a, b) => compareBytes(a.bytes, b.bytes) || Number(a.text > b.text) - Number(a.text < b.text))
      .map(({ text }) => text)
  );
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function takeRows(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === 'numeric') return { ...column, values: takeValues(column.values, rows) };
  return { ...column, codes: takeValues(column.codes, rows) };
}
