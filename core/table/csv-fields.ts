import { DataError, type Problem } from '../errors/app-error.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Where the fields of a CSV text lie: field `row * nFields + column`, the header being row 0. */
export interface CsvFields {
  readonly bytes: Uint8Array;
  /** First byte of each field; of a quoted field the byte after the opening quote. */
  readonly starts: Uint32Array;
  /** The byte after the field; of a quoted field the closing quote. */
  readonly ends: Uint32Array;
  /** Fields of a row. */
  readonly nFields: number;
  /** Rows, the header included; 0 when there is no text. */
  readonly nRecords: number;
}

/**
 * Finds the fields of RFC 4180 text. Lines end with LF, CRLF or CR; empty lines at the end count for nothing, one in
 * between is a row of one empty field. A quote inside an unquoted field is text, as in pandas.
 *
 * @throws DataError when rows differ in length, a quote is never closed or text follows a closing quote.
 */
export function indexFields(bytes: Uint8Array, delimiter: number, file: string): CsvFields {
  const length = lengthWithoutLastBreaks(bytes);
  const most = countBreaks(bytes, length, delimiter) + 1;
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  let count = 0;
  let nFields = 0;
  let nRecords = 0;
  let raggedRows = 0;
  let firstRagged = { at: 0, nFields: 0 };
  let at = startsWithMark(bytes) ? 3 : 0;
  while (at < length) {
    const recordStart = at;
    const before = count;
    let more = true;
    while (more) {
      if (at < length && bytes[at] === QUOTE) {
        const close = closingQuote(bytes, at + 1, length);
        if (close < 0) throw unclosedQuote(bytes, at, file);
        starts[count] = at + 1;
        ends[count] = close;
        at = close + 1;
        if (at < length && !endsField(bytes[at]!, delimiter)) throw textAfterQuote(bytes, at, length, file);
      } else {
        starts[count] = at;
        while (at < length && !endsField(bytes[at]!, delimiter)) at++;
        ends[count] = at;
      }
      count++;
      more = at < length && bytes[at] === delimiter;
      if (more) at++;
    }
    if (at < length) at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
    if (nRecords === 0) nFields = count;
    if (count - before !== nFields) {
      if (raggedRows === 0) firstRagged = { at: recordStart, nFields: count - before };
      raggedRows++;
    }
    nRecords++;
  }
  if (raggedRows > 0) throw raggedRow(bytes, firstRagged, raggedRows, nFields, file);
  return { bytes, starts, ends, nFields, nRecords };
}

/** Whether a field stood in quotes: an unquoted one begins the text or follows a delimiter, a line break or the mark. */
export function isQuoted({ bytes, starts }: CsvFields, field: number): boolean {
  return bytes[starts[field]! - 1] === QUOTE;
}

/** The line an offset is on, counted from 1 by the breaks in the file, quoted ones included. */
export function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) line++;
  return line;
}

function endsField(byte: number, delimiter: number): boolean {
  return byte === delimiter || byte === LF || byte === CR;
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function lengthWithoutLastBreaks(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && (bytes[length - 1] === LF || bytes[length - 1] === CR)) length--;
  return length;
}

function countBreaks(bytes: Uint8Array, length: number, delimiter: number): number {
  let n = 0;
  for (let i = 0; i < length; i++) if (endsField(bytes[i]!, delimiter)) n++;
  return n;
}

/** The quote that ends the field, doubled ones skipped, or −1. */
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
    message: 'a quote opens here and is never closed',
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
    message: 'the row has not as many fields as the header',
    file,
    place: `line ${lineOf(bytes, first.at)}`,
    found: plural(first.nFields, 'field') + (rows === 1 ? '' : ` (the first of ${rows} such rows)`),
    allowed: plural(nFields, 'field'),
    next: 'put values that hold the delimiter in quotes, and fill up or remove short rows',
  };
  return new DataError(problem);
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
