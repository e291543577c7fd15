import { DataError } from '../errors/app-error.ts';
import { isSpelt, parseJson } from './json-digits.ts';
import { objectsTable, plainObject } from './json-objects.ts';
import type { Table } from './table.ts';
import { startOfText, utf8Text } from './utf8-text.ts';
import type { DeclaredColumns, Value } from './value-column.ts';

/**
 * Reads a table from JSON Lines in UTF-8: one object per line, columns in order of first appearance. An absent or null key is
 * a missing value. Blank lines are ignored; if a line repeats a key, the last value is used.
 *
 * @throws DataError, with the line, for a line that is not an object of plain values or not UTF-8.
 */
export function readJsonLines(
  bytes: Uint8Array,
  { file, ...declared }: DeclaredColumns & { readonly file: string },
): Table {
  const spelt = isSpelt(declared);
  const rows: Record<string, Value>[] = [];
  const lineOfRow: number[] = [];
  for (const [line, text] of linesOf(bytes, file)) {
    lineOfRow.push(line);
    rows.push(plainObject(parseLine(text, line, file, spelt), { file, place: `line ${line}` }));
  }
  if (rows.length === 0)
    throw new DataError({ file, message: 'the file is empty', allowed: 'one JSON object per line' });
  return objectsTable(rows, { file, place: (row) => `line ${lineOfRow[row]}` }, declared);
}

/** Whether text is JSON Lines: its first line that is not blank starts an object. */
export function isJsonLines(bytes: Uint8Array): boolean {
  const start = startOfText(bytes);
  if (bytes[start] !== 0x7b) return false;
  const end = bytes.indexOf(0x0a, start);
  const line = new TextDecoder().decode(bytes.subarray(start, end < 0 ? bytes.length : end)).trim();
  return /^\{\s*("|\})/.test(line);
}

function* linesOf(bytes: Uint8Array, file: string): Generator<[line: number, text: string]> {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const text = utf8Text(bytes.subarray(start, end), file, `line ${line}`).trim();
    if (text !== '') yield [line, text];
    start = end + 1;
  }
}

function parseLine(text: string, line: number, file: string, spelt: ReturnType<typeof isSpelt>): unknown {
  try {
    return parseJson(text, spelt);
  } catch (cause) {
    throw new DataError(
      {
        file,
        place: `line ${line}`,
        message: 'the line is not JSON',
        found: text.length > 60 ? `${text.slice(0, 60)}…` : text,
        allowed: 'one complete object per line; null, not NaN, for a missing value',
        next: 'write it with pandas: to_json(path, orient="records", lines=True)',
      },
      { cause },
    );
  }
}
