import { DataError, type Problem } from '../errors/app-error.ts';
import { TEXT_AFTER_QUOTE, UNCLOSED_QUOTE } from '../kernels/csv/layout.ts';
import { type CsvWindow, openWindow } from './csv-window.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const POINT = 0x2e;

/** Where the fields of CSV rows start and end, at index `row * nFields + column`. */
export interface FieldBlock {
  readonly bytes: Uint8Array;
  /** The first byte of each field; of a quoted field the byte after the opening quote. */
  readonly starts: Uint32Array;
  /** The byte after each field; of a quoted field the closing quote. */
  readonly ends: Uint32Array;
  /** Fields per row. */
  readonly nFields: number;
}

/** Rows that are scanned together. Good until the next ones are. */
export interface RowBlock extends FieldBlock {
  readonly nRows: number;
  /** The numbers of a column, if it is scanned for them. */
  numbers(column: number): BlockNumbers | undefined;
}

/** The numbers of a column in a block; NaN where the field is empty or blank. */
export interface BlockNumbers {
  readonly values: Float64Array;
  /** Rows, in their order, whose field is no plain number: the value means nothing, the field has to be looked at. */
  readonly oddRows: Uint32Array;
}

/** Scans the rows after the header, block by block. */
export interface CsvScanner {
  /** Reads these columns as numbers from the next block on, as far as their numbers are plain: digits with or without a fraction and an exponent. */
  readNumbers(columns: readonly number[]): void;
  /**
   * The next rows; undefined at the end, after which there is no other call.
   *
   * @throws DataError when a quote is never closed or text follows a closing quote; at the end, when rows differ in length.
   */
  next(): RowBlock | undefined;
  /** Whether a row so far ended with a delimiter that the header has not, and nothing after it. */
  hasTrailing(): boolean;
  /** To be called when the rest is not read. */
  close(): void;
}

/** The first row of a file, and where the second starts. It has no fields when the text is empty. */
export interface CsvHeader extends FieldBlock {
  readonly end: number;
}

/**
 * Finds the fields of the first row. RFC 4180: lines end with LF, CRLF or CR. Empty lines at the end are ignored; an empty
 * line elsewhere is a row with one empty field. A quote inside an unquoted field is text, as in pandas.
 *
 * @throws DataError as `CsvScanner.next` does.
 */
export function scanHeader(bytes: Uint8Array, delimiter: number, file: string): CsvHeader {
  const range = { bytes, from: startOfHeader(bytes), length: lengthWithoutLastBreaks(bytes), delimiter, point: POINT };
  if (range.from >= range.length)
    return { bytes, starts: new Uint32Array(0), ends: new Uint32Array(0), nFields: 0, end: range.from };
  const counting = openWindow(range, 0);
  const nFields = counting.countFields();
  const { outcome } = counting;
  counting.close();
  throwProblem(outcome, bytes, range.length, file);
  const reading = openWindow(range, nFields);
  reading.readRows(1);
  const header = {
    ...{ bytes, nFields, end: reading.outcome.next },
    starts: reading.starts.slice(0, nFields),
    ends: reading.ends.slice(0, nFields),
  };
  reading.close();
  return header;
}

/** Scans the rows after a header. `point`: the byte before the fraction of a number. */
export function scanRows(
  { bytes, nFields, end }: CsvHeader,
  { delimiter, file, point = POINT }: { readonly delimiter: number; readonly file: string; readonly point?: number },
): CsvScanner {
  const length = lengthWithoutLastBreaks(bytes);
  const window = openWindow({ bytes, from: end, length, delimiter, point }, nFields);
  let hasTrailing = false;
  return {
    readNumbers(columns) {
      window.numeric.fill(0);
      for (const column of columns) window.numeric[column] = 1;
    },
    hasTrailing: () => hasTrailing,
    close: window.close,
    next() {
      const nRows = window.readRows();
      const { outcome, starts, ends, numeric } = window;
      hasTrailing = outcome.hasTrailing;
      if (nRows === 0) {
        window.close();
        throwProblem(outcome, bytes, length, file);
        if (outcome.raggedRows > 0) throw raggedRow(bytes, outcome, nFields, file);
        return undefined;
      }
      return {
        ...{ bytes, starts, ends, nFields, nRows },
        numbers: (column) =>
          numeric[column] === 1
            ? { values: window.valuesOf(column).subarray(0, nRows), oddRows: window.oddRowsOf(column) }
            : undefined,
      };
    },
  };
}

function throwProblem(
  { problem, problemAt }: CsvWindow['outcome'],
  bytes: Uint8Array,
  length: number,
  file: string,
): void {
  if (problem === UNCLOSED_QUOTE) throw unclosedQuote(bytes, problemAt, file);
  if (problem === TEXT_AFTER_QUOTE) throw textAfterQuote(bytes, problemAt, length, file);
}

/** Whether the field that starts here is quoted: an unquoted one follows a delimiter, a line break or the byte order mark. */
export function isQuoted(bytes: Uint8Array, start: number): boolean {
  return bytes[start - 1] === QUOTE;
}

/** The line of an offset, from 1; line breaks inside quotes count too. */
export function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) line++;
  return line;
}

/**
 * Where the header starts: after a byte order mark, and after a first line `sep=;`, by which Excel is told the delimiter.
 */
function startOfHeader(bytes: Uint8Array): number {
  const line = separatorLine(bytes);
  return line ? line.end : startsWithMark(bytes) ? 3 : 0;
}

/** The first line if it is `sep=` and one mark, as Excel has it: the delimiter, and where the next line starts. */
export function separatorLine(bytes: Uint8Array): { readonly delimiter: string; readonly end: number } | undefined {
  const start = startsWithMark(bytes) ? 3 : 0;
  const match = /^"?sep=([\t !#-/:-@[-`{-~])"?(\r\n|\n|\r)/i.exec(
    String.fromCharCode(...bytes.subarray(start, start + 12)),
  );
  return match ? { delimiter: match[1]!, end: start + match[0].length } : undefined;
}

/**
 * The line of a row, from 0, of a table that was read without an error.
 */
export function lineOfRow(bytes: Uint8Array, delimiter: number, file: string, row: number): number {
  const scanner = scanRows(scanHeader(bytes, delimiter, file), { delimiter, file });
  let before = 0;
  for (let block = scanner.next(); block; block = scanner.next()) {
    if (row < before + block.nRows) {
      const start = block.starts[(row - before) * block.nFields]!;
      scanner.close();
      return lineOf(bytes, start);
    }
    before += block.nRows;
  }
  throw new RangeError(`the table has no row ${row}`);
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function lengthWithoutLastBreaks(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && (bytes[length - 1] === LF || bytes[length - 1] === CR)) length--;
  return length;
}

function unclosedQuote(bytes: Uint8Array, at: number, file: string): DataError {
  return new DataError({
    message: 'a quote is opened here but never closed',
    file,
    place: `line ${lineOf(bytes, at)}`,
    next: 'close the quote, or double it if it is part of the value',
  });
}

function textAfterQuote(bytes: Uint8Array, at: number, length: number, file: string): DataError {
  return new DataError({
    message: 'text after a closing quote',
    file,
    place: `line ${lineOf(bytes, at)}`,
    found: JSON.stringify(new TextDecoder().decode(bytes.subarray(at, Math.min(at + 20, length)))),
    allowed: 'the delimiter or the end of the line',
    next: 'double the quotes that are part of the value',
  });
}

function raggedRow(
  bytes: Uint8Array,
  { raggedRows: rows, raggedAt, raggedFields }: CsvWindow['outcome'],
  nFields: number,
  file: string,
): DataError {
  const problem: Problem = {
    message: `expected ${plural(nFields, 'field')} (as in the header), found ${raggedFields}`,
    file,
    place: `line ${lineOf(bytes, raggedAt)}`,
    ...(rows > 1 && { found: `${rows} such rows, this is the first` }),
    next:
      nFields === 1
        ? 'if line 1 is a title or a comment, remove it: the names of the columns have to come first; else quote values that contain the delimiter'
        : 'quote values that contain the delimiter, and complete or remove short rows',
  };
  return new DataError(problem);
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
