import { DataError, type Problem } from '../errors/app-error.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Rows per block: few enough that their text is still in the processor's cache when the columns are read. */
const BLOCK_ROWS = 512;

/** Where the fields of a block of CSV rows start and end, at index `row * nFields + column`. */
export interface FieldBlock {
  readonly bytes: Uint8Array;
  /** The first byte of each field; of a quoted field the byte after the opening quote. */
  readonly starts: Uint32Array;
  /** The byte after each field; of a quoted field the closing quote. */
  readonly ends: Uint32Array;
  /** Fields per row. */
  readonly nFields: number;
}

/** Scans CSV text block by block. */
export interface CsvScanner {
  /** The header row; it has no fields when the text is empty. */
  readonly header: FieldBlock;
  /** Overwritten by every call of `next`. */
  readonly block: FieldBlock;
  /**
   * Scans the next rows into `block` and returns how many; 0 at the end.
   *
   * @throws DataError when a quote is never closed or text follows a closing quote; at the end, when rows differ in length.
   */
  next(): number;
  /** Whether a row so far ended with a delimiter that the header has not, and nothing after it. */
  hasTrailing(): boolean;
}

/**
 * Finds the fields of RFC 4180 text. Lines end with LF, CRLF or CR. Empty lines at the end are ignored; an empty line
 * elsewhere is a row with one empty field. A quote inside an unquoted field is text, as in pandas.
 *
 * @throws DataError as `next` does, for the header.
 */
export function scanCsv(bytes: Uint8Array, delimiter: number, file: string): CsvScanner {
  const length = lengthWithoutLastBreaks(bytes);
  const ends = new Uint8Array(256);
  for (const byte of [delimiter, LF, CR]) ends[byte] = 1;
  const text: Text = { bytes, length, delimiter, endsField: ends, file };

  const start = startOfHeader(bytes);
  const cursor = { at: start };
  const header = { bytes, starts: new Uint32Array(64), ends: new Uint32Array(64), nFields: 0 };
  while (start < length) {
    cursor.at = start;
    header.nFields = scanRow(text, cursor, header.starts, header.ends, 0);
    if (header.nFields <= header.starts.length) break;
    header.starts = new Uint32Array(header.nFields);
    header.ends = new Uint32Array(header.nFields);
  }
  const { nFields } = header;
  const blockRows = Math.min(BLOCK_ROWS, Math.floor(length / Math.max(1, nFields)) + 1);
  const block = {
    bytes,
    // One more than the fields of the block: room for what stands after a delimiter at the end of the last line.
    starts: new Uint32Array(nFields * blockRows + 1),
    ends: new Uint32Array(nFields * blockRows + 1),
    nFields,
  };
  let hasTrailing = false;
  let raggedRows = 0;
  let firstRagged = { at: 0, nFields: 0 };
  return {
    header,
    block,
    hasTrailing: () => hasTrailing,
    next() {
      let rows = 0;
      while (rows < blockRows && cursor.at < length) {
        const { at } = cursor;
        // Fields of a too long row that do not fit are dropped; the next row overwrites the others.
        const found = scanRow(text, cursor, block.starts, block.ends, rows * nFields);
        if (found === nFields) rows++;
        else if (found === nFields + 1 && block.starts[(rows + 1) * nFields] === block.ends[(rows + 1) * nFields]) {
          hasTrailing = true;
          rows++;
        } else if (raggedRows++ === 0) firstRagged = { at, nFields: found };
      }
      if (rows === 0 && raggedRows > 0) throw raggedRow(bytes, firstRagged, raggedRows, nFields, file);
      return rows;
    },
  };
}

interface Text {
  readonly bytes: Uint8Array;
  /** Length without the line breaks at the end. */
  readonly length: number;
  readonly delimiter: number;
  /** 1 for the bytes that end a field. */
  readonly endsField: Uint8Array;
  readonly file: string;
}

/** Writes the fields of the row at the cursor from index `first` on, moves the cursor past the row and returns their number. */
function scanRow(text: Text, cursor: { at: number }, starts: Uint32Array, ends: Uint32Array, first: number): number {
  const { bytes, length, delimiter, endsField, file } = text;
  let at = cursor.at;
  let count = first;
  for (;;) {
    if (at < length && bytes[at] === QUOTE) {
      const close = closingQuote(bytes, at + 1, length);
      if (close < 0) throw unclosedQuote(bytes, at, file);
      starts[count] = at + 1;
      ends[count] = close;
      at = close + 1;
      if (at < length && endsField[bytes[at]!] === 0) throw textAfterQuote(bytes, at, length, file);
    } else {
      starts[count] = at;
      while (at < length && endsField[bytes[at]!] === 0) at++;
      ends[count] = at;
    }
    count++;
    if (at >= length || bytes[at] !== delimiter) break;
    at++;
  }
  if (at < length) at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
  cursor.at = at;
  return count - first;
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
  const scanner = scanCsv(bytes, delimiter, file);
  let before = 0;
  for (let rows = scanner.next(); rows > 0; rows = scanner.next()) {
    if (row < before + rows) return lineOf(bytes, scanner.block.starts[(row - before) * scanner.block.nFields]!);
    before += rows;
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

/** The position of the quote that ends the field, skipping doubled quotes, or −1. */
function closingQuote(bytes: Uint8Array, from: number, length: number): number {
  for (let at = from; at < length; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (at + 1 === length || bytes[at + 1] !== QUOTE) return at;
    at++;
  }
  return -1;
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
  first: { readonly at: number; readonly nFields: number },
  rows: number,
  nFields: number,
  file: string,
): DataError {
  const problem: Problem = {
    message: `expected ${plural(nFields, 'field')} (as in the header), found ${first.nFields}`,
    file,
    place: `line ${lineOf(bytes, first.at)}`,
    ...(rows > 1 && { found: `${rows} such rows, this is the first` }),
    next: 'quote values that contain the delimiter, and complete or remove short rows',
  };
  return new DataError(problem);
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
