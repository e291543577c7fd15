import { dateText } from './date.ts';
import { takeValues } from './take-values.ts';

/** Numbers; NaN is the mark of a missing value (±Infinity is refused on reading). */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /** The values are dates: days since 1970-01-01 00:00 UTC. */
  readonly isDate?: true;
}

/** Text of few kinds: `codes[i]` indexes `categories`; −1 is the mark of a missing value. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  /** Distinct values in the order of their UTF-8 bytes, so that codes are the same on every machine. */
  readonly categories: readonly string[];
}

export type Column = NumericColumn | CategoricalColumn;

/** What a column may be declared as; a date becomes a numeric column. */
export type DeclaredKind = Column['kind'] | 'date';

/** A table of typed columns of one length. Nothing changes it: operations return new tables that share columns. */
export interface Table {
  readonly nRows: number;
  readonly columns: readonly Column[];
  /** The column of that name, or undefined. */
  column(name: string): Column | undefined;
  /** The columns named, in that order. Throws RangeError for a name the table lacks. */
  select(names: readonly string[]): Table;
  /** The rows at these positions, in that order; a position may repeat. */
  take(rows: ArrayLike<number>): Table;
}

/** @throws RangeError when columns differ in length or share a name. */
export function createTable(columns: readonly Column[]): Table {
  const nRows = columns.length === 0 ? 0 : columnLength(columns[0]!);
  const byName = new Map<string, Column>();
  for (const column of columns) {
    if (columnLength(column) !== nRows)
      throw new RangeError(`column "${column.name}" has ${columnLength(column)} rows, not ${nRows}`);
    if (byName.has(column.name)) throw new RangeError(`two columns are called "${column.name}"`);
    byName.set(column.name, column);
  }
  return {
    nRows,
    columns,
    column: (name) => byName.get(name),
    select: (names) =>
      createTable(
        names.map((name) => {
          const column = byName.get(name);
          if (!column) throw new RangeError(`the table has no column "${name}"`);
          return column;
        }),
      ),
    take: (rows) => createTable(columns.map((column) => takeRows(column, rows))),
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

/** A value as text, the way it is written to a file (dates in ISO 8601); a missing value is the empty string. */
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

/** Sorts text by its UTF-8 bytes (equal to the order of code points), the one order that is the same everywhere. */
export function sortByBytes(texts: Iterable<string>): string[] {
  const list = [...texts];
  // Without surrogates the order of UTF-16 units, which needs no encoding, is the same.
  if (!list.some((text) => /[\ud800-\udfff]/.test(text))) return list.sort();
  const encoder = new TextEncoder();
  return (
    list
      .map((text) => ({ text, bytes: encoder.encode(text) }))
      // Halves of surrogate pairs have no bytes of their own: all of them are encoded alike.
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
