import { DataError, type Problem } from '../errors/app-error.ts';
import { almostNumericNotes } from './almost-numeric.ts';
import { dateText, parseDateText } from './date.ts';
import { dateColumn } from './date-column.ts';
import { parseDecimal } from './decimal.ts';
import { type MissingTexts, missingTextsOf, trimmed } from './missing-values.ts';
import {
  type CategoricalColumn,
  type Column,
  categoricalColumn,
  createTable,
  type DeclaredKind,
  type Table,
} from './table.ts';

/** A value of a typed format (Parquet, JSON). Null, undefined, NaN and blank text are missing. */
export type Value = number | bigint | boolean | string | Date | null | undefined;

export interface ValueSource {
  readonly file: string;
  /** The position of a row, for messages: `line 3`, `row 3`. */
  readonly place: (row: number) => string;
}

/** What the user says of columns, by their names. */
export interface DeclaredColumns extends MissingTexts {
  readonly kinds?: Readonly<Record<string, DeclaredKind>>;
  readonly dateFormats?: Readonly<Record<string, string>>;
  /** Columns without a declared kind are text as the file has it (numbers as they are spelt), missing only where nothing is written. */
  readonly asWritten?: boolean;
}

/**
 * A table of columns of typed values.
 *
 * @throws DataError as `valueColumn`.
 */
export function valueTable(
  source: ValueSource,
  columns: readonly (readonly [name: string, values: ArrayLike<Value>])[],
  declared: DeclaredColumns,
): Table {
  const { kinds = {}, dateFormats = {}, asWritten = false } = declared;
  const own = <T>(record: Readonly<Record<string, T>>, name: string) =>
    Object.hasOwn(record, name) ? record[name] : undefined;
  const read = columns.map(([name, values]) =>
    valueColumn(
      source,
      name,
      withoutMissing(values, asWritten && !Object.hasOwn(kinds, name) ? [] : missingTextsOf(declared, name)),
      own(kinds, name) ?? (asWritten ? 'categorical' : undefined),
      own(dateFormats, name),
    ),
  );
  if (asWritten) return createTable(read);
  return createTable(
    read,
    almostNumericNotes(read, { ...source, readNumber: parseDecimal, declared: kinds, met: declared.missing ?? [] }),
  );
}

/** The values with null for each text that means "missing". */
function withoutMissing(values: ArrayLike<Value>, texts: readonly string[] | undefined): ArrayLike<Value> {
  if (texts === undefined || texts.length === 0) return values;
  const marks = new Set(texts.map(trimmed));
  return Array.from(values, (value) => (typeof value === 'string' && marks.has(trimmed(value)) ? null : value));
}

/** Whole numbers above this are not exact as doubles. */
const EXACT = 2 ** 53;
const DAY = 86_400_000;

/**
 * Makes a column from typed values: numeric if all are numbers, dates if all are dates or text that is a date, else
 * categorical; booleans become `True` and `False`, as pandas writes them. A column with whole numbers beyond 2⁵³, which would
 * lose digits, becomes text.
 *
 * @param kind the declared kind, if any; text is then parsed as in a CSV file.
 * @param dateFormat how text of a declared date is written (`dateReader`).
 * @throws DataError for an infinite number, or a value that does not fit the declared kind.
 */
function valueColumn(
  source: ValueSource,
  name: string,
  values: ArrayLike<Value>,
  kind?: DeclaredKind,
  dateFormat?: string,
): Column {
  const types = typesOf(values);
  refuseInfinite(source, name, values);
  if (kind === 'categorical') return asText(name, values);
  if (kind === 'numeric') return { kind, name, values: parsed(source, name, values, numberOf, 'a number') };
  const isTyped = types.size === 1 && types.has('date');
  if (kind === 'date' && !isTyped) return dateColumn(asText(name, values), { ...source, format: dateFormat });
  if (types.size === 0) return { kind: 'numeric', name, values: new Float64Array(values.length).fill(Number.NaN) };
  if (types.size === 1 && types.has('number')) return { kind: 'numeric', name, values: toNumbers(values, numberOf) };
  if (!types.has('number') && !types.has('boolean') && !types.has('large')) {
    const days = toNumbers(values, dateOf);
    let row = 0;
    while (row < days.length && (isGap(values[row]) || !Number.isNaN(days[row]))) row++;
    if (row === days.length) return { kind: 'numeric', name, values: days, isDate: true };
  }
  return asText(name, values);
}

function typesOf(values: ArrayLike<Value>): Set<'number' | 'large' | 'boolean' | 'text' | 'date'> {
  const types = new Set<'number' | 'large' | 'boolean' | 'text' | 'date'>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (isGap(value)) continue;
    if (typeof value === 'bigint') types.add(value > EXACT || value < -EXACT ? 'large' : 'number');
    else if (typeof value === 'number') types.add('number');
    else if (typeof value === 'boolean') types.add('boolean');
    else types.add(typeof value === 'string' ? 'text' : 'date');
  }
  return types;
}

function isGap(value: Value): value is null | undefined {
  return (
    value === null || value === undefined || Number.isNaN(value) || (typeof value === 'string' && value.trim() === '')
  );
}

function toNumbers(values: ArrayLike<Value>, read: (value: Value) => number): Float64Array {
  return Float64Array.from({ length: values.length }, (_, row) =>
    isGap(values[row]) ? Number.NaN : read(values[row]),
  );
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return Number.NaN;
  const bytes = new TextEncoder().encode(value.trim());
  return parseDecimal(bytes, 0, bytes.length);
}

function dateOf(value: Value): number {
  if (value instanceof Date) return value.getTime() / DAY;
  return typeof value === 'string' ? parseDateText(value.trim()) : Number.NaN;
}

function textOf(value: Value): string | undefined {
  if (isGap(value)) return undefined;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value instanceof Date ? dateText(value.getTime() / DAY) : String(value);
}

function asText(name: string, values: ArrayLike<Value>): CategoricalColumn {
  return categoricalColumn(name, Array.from(values, textOf));
}

function parsed(
  source: ValueSource,
  name: string,
  values: ArrayLike<Value>,
  read: (value: Value) => number,
  allowed: string,
): Float64Array {
  const numbers = toNumbers(values, read);
  const bad = numbers.findIndex((number, row) => !isGap(values[row]) && !Number.isFinite(number));
  if (bad < 0) return numbers;
  throw new DataError(
    problemAt(source, name, bad, values[bad], {
      message: 'the value does not fit the declared kind of the column',
      allowed,
      next: 'correct the value, or declare the column categorical',
    }),
  );
}

function refuseInfinite(source: ValueSource, name: string, values: ArrayLike<Value>): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value !== Number.POSITIVE_INFINITY && value !== Number.NEGATIVE_INFINITY) continue;
    throw new DataError(
      problemAt(source, name, row, value, {
        message: 'infinite value',
        allowed: 'a finite number, or null for a missing value',
        next: 'replace it with a number or null',
      }),
    );
  }
}

function problemAt({ file, place }: ValueSource, name: string, row: number, value: Value, problem: Problem): Problem {
  const text = JSON.stringify(textOf(value) ?? '');
  return {
    ...problem,
    file,
    place: `${place(row)}, column "${name}"`,
    found: text.length > 40 ? `${text.slice(0, 40)}…` : text,
  };
}
