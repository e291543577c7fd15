import { DataError, type Problem } from '../errors/app-error.ts';
import { checkDeclared } from './declared-kinds.ts';
import { createTable, type DeclaredKind, type Table } from './table.ts';
import { type Value, valueColumn } from './value-column.ts';

/**
 * Reads a table from JSON Lines in UTF-8: one object per line, columns in order of first appearance. An absent or null key is
 * a missing value. Blank lines are ignored; if a line repeats a key, the last value is used.
 *
 * @throws DataError, with the line, for a line that is not an object of plain values or not UTF-8.
 */
export function readJsonLines(
  bytes: Uint8Array,
  {
    file,
    kinds = {},
    asWritten = false,
  }: {
    readonly file: string;
    readonly kinds?: Readonly<Record<string, DeclaredKind>>;
    /** Columns without a declared kind are text, numbers as they are spelt. */
    readonly asWritten?: boolean;
  },
): Table {
  const kindOf = (name: string) => (Object.hasOwn(kinds, name) ? kinds[name] : asWritten ? 'categorical' : undefined);
  const isSpelt = asWritten ? (name: string) => !Object.hasOwn(kinds, name) : null;
  const columns = new Map<string, Value[]>();
  const lineOfRow: number[] = [];
  for (const [line, text] of linesOf(bytes, file)) {
    const row = lineOfRow.push(line) - 1;
    for (const [name, value] of Object.entries(parseLine(text, line, file, isSpelt))) {
      const values = columns.get(name) ?? [];
      columns.set(name, values);
      values[row] = value;
    }
  }
  if (lineOfRow.length === 0)
    throw new DataError({ file, message: 'the file is empty', allowed: 'one JSON object per line' });
  checkDeclared(Object.keys(kinds), [...columns.keys()], file);
  const source = { file, place: (row: number) => `line ${lineOfRow[row]}` };
  return createTable(
    [...columns].map(([name, values]) => {
      values.length = lineOfRow.length;
      return valueColumn(source, name, values, kindOf(name));
    }),
  );
}

/** Whether text is JSON Lines: its first line that is not blank starts an object. */
export function isJsonLines(bytes: Uint8Array): boolean {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length && bytes[start]! <= 0x20) start++;
  if (bytes[start] !== 0x7b) return false;
  const end = bytes.indexOf(0x0a, start);
  const line = new TextDecoder().decode(bytes.subarray(start, end < 0 ? bytes.length : end)).trim();
  return /^\{\s*("|\})/.test(line);
}

function* linesOf(bytes: Uint8Array, file: string): Generator<[line: number, text: string]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(start, end)).trim();
    } catch (cause) {
      throw new DataError(
        { file, place: `line ${line}`, message: 'the text is not UTF-8', next: 'save the file as UTF-8' },
        { cause },
      );
    }
    if (text !== '') yield [line, text];
    start = end + 1;
  }
}

/** Digits that a double may not hold. */
const LONG_DIGITS = /\d{16}/;
const WHOLE = /^-?\d+$/;

/** JSON whose long whole numbers keep their digits. @param isSpelt columns whose numbers are wanted as they are written. */
function parseDigits(text: string, isSpelt: ((name: string) => boolean) | null): unknown {
  return JSON.parse(text, (name, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value !== 'number' || context?.source === undefined) return value;
    if (isSpelt?.(name)) return context.source;
    return !Number.isSafeInteger(value) && WHOLE.test(context.source) ? BigInt(context.source) : value;
  });
}

function parseLine(
  text: string,
  line: number,
  file: string,
  isSpelt: ((name: string) => boolean) | null,
): Record<string, Value> {
  const fail = (problem: Problem, cause?: unknown) =>
    new DataError({ ...problem, file, place: `line ${line}` }, cause === undefined ? {} : { cause });
  let value: unknown;
  try {
    value = isSpelt || LONG_DIGITS.test(text) ? parseDigits(text, isSpelt) : JSON.parse(text);
  } catch (cause) {
    throw fail(
      {
        message: 'the line is not JSON',
        found: text.length > 60 ? `${text.slice(0, 60)}…` : text,
        allowed: 'one complete object per line; null, not NaN, for a missing value',
        next: 'write it with pandas: to_json(path, orient="records", lines=True)',
      },
      cause,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail({ message: 'the line is not a JSON object', found: text.slice(0, 60), allowed: '{"column": value, …}' });
  }
  if (Object.hasOwn(value, ''))
    throw fail({ message: 'a key is empty', found: text.slice(0, 60), next: 'name the key, or remove it' });
  const nested = Object.entries(value).find(([, each]) => typeof each === 'object' && each !== null);
  if (nested) {
    throw fail({
      message: `"${nested[0]}" is a list or an object`,
      found: JSON.stringify(nested[1], (_, each) => (typeof each === 'bigint' ? String(each) : each)).slice(0, 60),
      allowed: 'numbers, text, true, false and null',
      next: 'flatten it into separate columns, or remove it',
    });
  }
  return value as Record<string, Value>;
}
