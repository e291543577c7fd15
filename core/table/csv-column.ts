import { DataError, type Problem } from '../errors/app-error.ts';
import { createByteDictionary, type DictionaryEntry } from './byte-dictionary.ts';
import { type BlockNumbers, type FieldBlock, isQuoted, lineOf, type RowBlock } from './csv-scanner.ts';
import { parseDate } from './date.ts';
import { spellsInfinity } from './decimal.ts';
import type { MissingTest } from './missing-values.ts';
import type { ReadValue } from './number-format.ts';
import { type CategoricalColumn, type Column, type DeclaredKind, sortByBytes } from './table.ts';
import { notUtf8 } from './utf8-text.ts';

const SPACE = 0x20;
const TAB = 0x09;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
/** From here on whole numbers are not exact as doubles. */
const INEXACT = 2 ** 53;

/** What is needed to read a column of a file. */
export interface CsvSource {
  readonly bytes: Uint8Array;
  readonly file: string;
  /** Of this column. */
  readonly missing: MissingTest;
  readonly readNumber: ReadValue;
  /** Estimated number of rows. */
  readonly expectedRows: number;
}

/** Builds a column of one kind, block by block. */
export interface ColumnBuilder {
  /** Reads the column's cells in these rows; false when a cell shows that the column has another kind. */
  add(block: RowBlock): boolean;
  /**
   * The column; null when all of it shows that it has another kind.
   *
   * @throws DataError for an infinite value, text where the kind was declared, or text that is not UTF-8.
   */
  finish(): Column | null;
}

/** The kinds to try for a column, in this order: numbers, dates, text. */
export const KINDS: readonly DeclaredKind[] = ['numeric', 'date', 'categorical'];

/**
 * Reads the column at `index` as one kind.
 *
 * @param declared whether the kind is fixed, so that text in a numeric column is an error. Dates are fixed nowhere: the text of a
 * declared column may be a date in another format (`dateColumn`).
 */
export function columnBuilder(
  source: CsvSource,
  index: number,
  name: string,
  kind: DeclaredKind,
  declared: boolean,
): ColumnBuilder {
  if (kind === 'categorical') return categoryBuilder(source, index, name);
  return valueBuilder(source, index, name, kind, declared && kind === 'numeric');
}

/** The text of a field. @throws DataError when it is not UTF-8. */
export function fieldText({ bytes, starts, ends }: FieldBlock, field: number, file: string): string {
  return entryText(bytes, { start: starts[field]!, end: ends[field]!, flag: isQuoted(bytes, starts[field]!) }, file);
}

/** Cells of one column that cannot be read: how many, and where the first lies. */
interface BadCells {
  count: number;
  start: number;
  end: number;
}

function valueBuilder(
  source: CsvSource,
  index: number,
  name: string,
  kind: 'numeric' | 'date',
  declared: boolean,
): ColumnBuilder {
  const { isMissing, texts } = source.missing;
  const read = kind === 'date' ? parseDate : source.readNumber;
  const missingNumbers = numbersAmong(texts, source.readNumber);
  const infinite: BadCells = { count: 0, start: 0, end: 0 };
  const text: BadCells = { count: 0, start: 0, end: 0 };
  let values = new Float64Array(source.expectedRows);
  let nRows = 0;
  /** Whether digits are lost: then whole numbers are codes, such as ids. */
  let isTooLong = false;

  /** Reads one cell; false when it shows that the column has another kind. */
  const readCell = ({ bytes, starts, ends }: FieldBlock, field: number, row: number): boolean => {
    const start = skipBlanks(bytes, starts[field]!, ends[field]!);
    const end = skipBlanksBack(bytes, start, ends[field]!);
    if (isMissing(bytes, start, end)) {
      values[row] = Number.NaN;
      return true;
    }
    const value = read(bytes, start, end);
    values[row] = value;
    if (value - value === 0) {
      if (value >= INEXACT || value <= -INEXACT) isTooLong ||= !declared && areDigits(bytes, start, end);
    } else if (kind === 'numeric' && (!Number.isNaN(value) || spellsInfinity(bytes, start, end))) {
      note(infinite, starts[field]!, ends[field]!);
    } else {
      if (!declared) return false;
      note(text, starts[field]!, ends[field]!);
    }
    return true;
  };

  return {
    add(block) {
      const { nFields } = block;
      const first = nRows;
      nRows += block.nRows;
      if (nRows > values.length) values = grown(values, new Float64Array(larger(nRows)));
      const numbers = kind === 'numeric' ? block.numbers(index) : undefined;
      if (numbers === undefined) {
        for (let row = 0; row < block.nRows; row++)
          if (!readCell(block, row * nFields + index, first + row)) return false;
        return true;
      }
      values.set(numbers.values, first);
      for (const row of rowsToRead(numbers, missingNumbers))
        if (!readCell(block, row * nFields + index, first + row)) return false;
      return true;
    },
    finish() {
      const problems: Problem[] = [];
      if (text.count > 0) problems.push(textProblem(source, text, name));
      if (infinite.count > 0) problems.push(infiniteProblem(source, infinite, name));
      if (problems.length > 0) throw new DataError(problems);
      const column = { kind: 'numeric' as const, name, values: fitted(values, nRows) };
      if (isTooLong && column.values.every((value) => Number.isNaN(value) || Number.isInteger(value))) return null;
      return kind === 'date' ? { ...column, isDate: true } : column;
    },
  };
}

/** The rows of a block that have to be read by themselves: what is no plain number, and numbers that mean "missing". */
function rowsToRead(
  { values, oddRows }: BlockNumbers,
  missingNumbers: readonly number[],
): ArrayLike<number> & Iterable<number> {
  if (missingNumbers.length === 0) return oddRows;
  const rows: number[] = [];
  let next = 0;
  for (let row = 0; row < values.length; row++) {
    const isOdd = oddRows[next] === row;
    if (isOdd) next++;
    if (isOdd || missingNumbers.includes(values[row]!)) rows.push(row);
  }
  return rows;
}

function numbersAmong(texts: readonly string[], readNumber: ReadValue): number[] {
  const utf8 = new TextEncoder();
  return texts
    .map((text) => utf8.encode(text))
    .map((bytes) => readNumber(bytes, 0, bytes.length))
    .filter(Number.isFinite);
}

function categoryBuilder(
  { bytes, file, missing: { isMissing }, expectedRows }: CsvSource,
  index: number,
  name: string,
): ColumnBuilder {
  const dictionary = createByteDictionary(bytes);
  let codes = new Int32Array(expectedRows);
  let row = 0;
  return {
    add({ starts, ends, nFields, nRows }) {
      if (row + nRows > codes.length) codes = grown(codes, new Int32Array(larger(row + nRows)));
      for (let field = index; field < nRows * nFields; field += nFields, row++) {
        const start = starts[field]!;
        const end = ends[field]!;
        const from = skipBlanks(bytes, start, end);
        codes[row] = isMissing(bytes, from, skipBlanksBack(bytes, from, end))
          ? -1
          : dictionary.code(start, end, isQuoted(bytes, start));
      }
      return true;
    },
    finish(): CategoricalColumn {
      const texts = dictionary.entries.map((entry) => entryText(bytes, entry, file));
      const categories = sortByBytes(new Set(texts));
      const codeOf = new Map(categories.map((category, code) => [category, code]));
      const sorted = Int32Array.from(texts, (text) => codeOf.get(text)!);
      const own = fitted(codes, row);
      for (let i = 0; i < own.length; i++) if (own[i]! >= 0) own[i] = sorted[own[i]!]!;
      return { kind: 'categorical', name, codes: own, categories };
    },
  };
}

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = bytes[start] === MINUS ? start + 1 : start; at < end; at++)
    if (bytes[at]! < ZERO || bytes[at]! > NINE) return false;
  return true;
}

function larger(rows: number): number {
  return Math.ceil(rows * 1.25) + 16;
}

function grown<Values extends Float64Array | Int32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

/** The first `length` values; copied when keeping the larger array would waste much memory. */
function fitted<Values extends Float64Array | Int32Array>(values: Values, length: number): Values {
  if (length === values.length) return values;
  return (
    length > 0.9 * values.length && length > 10_000 ? values.subarray(0, length) : values.slice(0, length)
  ) as Values;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function entryText(bytes: Uint8Array, { start, end, flag: quoted }: DictionaryEntry, file: string): string {
  let text: string;
  try {
    text = decoder.decode(bytes.subarray(start, end));
  } catch (cause) {
    const problem: Problem = {
      ...notUtf8(file),
      place: `line ${lineOf(bytes, start)}`,
      found: JSON.stringify(new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 40)))),
    };
    throw new DataError(problem, { cause });
  }
  return quoted && text.includes('"') ? text.replaceAll('""', '"') : text;
}

function note(cells: BadCells, start: number, end: number): void {
  if (cells.count++ > 0) return;
  cells.start = start;
  cells.end = end;
}

function textProblem(source: CsvSource, cells: BadCells, name: string): Problem {
  return {
    message: 'text in a numeric column',
    ...cellProblem(source, cells, name),
    allowed: 'a decimal number, or an empty field for a missing value',
    next: 'correct the value, list it under `missing` if it means that a value is missing, or declare the column categorical',
  };
}

function infiniteProblem(source: CsvSource, cells: BadCells, name: string): Problem {
  return {
    message: 'infinite value',
    ...cellProblem(source, cells, name),
    allowed: 'a finite number, or an empty field for a missing value',
    next: 'write a number, leave the field empty, or declare the column categorical if this is a word',
  };
}

function cellProblem({ bytes, file }: CsvSource, { count, start, end }: BadCells, name: string) {
  const text = entryText(bytes, { start, end, flag: isQuoted(bytes, start) }, file);
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
  return {
    file,
    place: `line ${lineOf(bytes, start)}, column "${name}"`,
    found: count === 1 ? shown : `${shown} (the first of ${count} such values)`,
  };
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

function skipBlanksBack(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--;
  return at;
}
