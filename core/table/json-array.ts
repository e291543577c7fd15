import { DataError } from '../errors/app-error.ts';
import { isSpelt, parseJson } from './json-digits.ts';
import { objectsTable, plainObject } from './json-objects.ts';
import type { Table } from './table.ts';
import { startOfText, utf8Text } from './utf8-text.ts';
import type { DeclaredColumns } from './value-column.ts';

/** Whether text is a JSON list, as pandas writes with `to_json(orient="records")`: no header of CSV begins with `[{`. */
export function isJsonArray(bytes: Uint8Array): boolean {
  const start = startOfText(bytes);
  return /^\[\s*(\{|\])/.test(String.fromCharCode(...bytes.subarray(start, start + 40)));
}

/**
 * Reads a table from a JSON list of objects in UTF-8.
 *
 * @throws DataError for text that is no JSON, and as `readJsonLines`.
 */
export function readJsonArray(
  bytes: Uint8Array,
  { file, ...declared }: DeclaredColumns & { readonly file: string },
): Table {
  let list: readonly unknown[];
  try {
    list = parseJson(utf8Text(bytes, file), isSpelt(declared)) as unknown[];
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(
      {
        file,
        message: 'the file is not JSON',
        found: (cause as Error).message,
        allowed: 'a list of objects: [{"column": value, …}, …]; null, not NaN, for a missing value',
        next: 'write it again, or as JSON Lines: to_json(path, orient="records", lines=True)',
      },
      { cause },
    );
  }
  if (list.length === 0)
    throw new DataError({ file, message: 'the file is empty', allowed: 'one JSON object per row' });
  const place = (row: number) => `row ${row + 1}`;
  const rows = list.map((value, row) => plainObject(value, { file, place: place(row) }));
  return objectsTable(rows, { file, place }, declared);
}
