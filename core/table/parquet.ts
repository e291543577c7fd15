import { parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { compressors as codecs } from 'hyparquet-compressors';
import { DataError } from '../errors/app-error.ts';
import { checkDeclared } from './declared-kinds.ts';
import type { Table } from './table.ts';
import { checkSize } from './table-size.ts';
import { type DeclaredColumns, type Value, valueTable } from './value-column.ts';

/** Columns of the pandas index: row numbers, not data. */
const INDEX = /^__index_level_\d+__$/;

/** The dictionary of a column without any value is an empty page, which the library's LZ4 cannot decompress. */
const compressors = Object.fromEntries(
  Object.entries(codecs).map(([name, unpack]) => [
    name,
    (packed: Uint8Array, length: number) => (length === 0 ? new Uint8Array(0) : unpack(packed, length)),
  ]),
);

export function isParquet(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === 'PAR1';
}

/**
 * Reads a table from a Parquet file with any compression. An index that pandas wrote is ignored.
 *
 * @throws DataError for a file that is truncated or damaged, has no rows, is too large, or has columns of lists, structures
 * or raw bytes.
 */
export async function readParquet(
  bytes: Uint8Array,
  { file, ...declared }: DeclaredColumns & { readonly file: string },
): Promise<Table> {
  const buffer = new Uint8Array(bytes).buffer;
  const { metadata, nRows, fields } = damaged(file, () => {
    const found = parquetMetadata(buffer);
    return { metadata: found, nRows: Number(found.num_rows), fields: parquetSchema(found).children };
  });
  const wanted = fields.filter(({ element }) => !INDEX.test(element.name));
  const names = wanted.map(({ element }) => element.name);
  checkSize(nRows, names.length, file);
  if (nRows === 0 || names.length === 0) throw new DataError({ file, message: 'the table has no rows' });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataError({
      file,
      message: `two columns have the name "${twice}"`,
      next: 'rename or remove one of them',
    });
  }
  if (names.includes(''))
    throw new DataError({ file, message: 'a column has no name', next: 'name the column, or remove it' });
  const nested = wanted.filter(
    ({ children, element }) => children.length > 0 || element.repetition_type === 'REPEATED',
  );
  if (nested.length > 0)
    throw unreadable(
      file,
      nested.map(({ element }) => element.name),
      'contains lists or structures',
    );
  checkDeclared(Object.keys(declared.kinds ?? {}), names, file);

  const source = { file, place: (row: number) => `row ${row + 1}` };
  const columns: [string, ArrayLike<Value>][] = [];
  for (const name of names) {
    const values = await readValues(buffer, metadata, { name, nRows, file });
    for (let row = 0; row < nRows; row++) {
      const value: unknown = values[row];
      if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
        throw unreadable(file, [name], 'contains raw bytes or structures');
      }
      if (value instanceof Date && Number.isNaN(value.getTime()))
        throw torn(file, new RangeError('a date out of range'));
    }
    columns.push([name, values]);
  }
  return valueTable(source, columns, declared);
}

async function readValues(
  buffer: ArrayBuffer,
  metadata: ReturnType<typeof parquetMetadata>,
  { name, nRows, file }: { readonly name: string; readonly nRows: number; readonly file: string },
): Promise<ArrayLike<Value>> {
  const values = new Array<Value>(nRows);
  let read = 0;
  try {
    await parquetRead({
      file: buffer,
      metadata,
      columns: [name],
      compressors,
      onChunk({ columnData, rowStart, rowEnd }) {
        // An error thrown here would be lost; the count of rows read shows the problem instead.
        if (columnData.length !== rowEnd - rowStart || rowEnd > nRows) return;
        for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i] as Value;
        read += columnData.length;
      },
    });
    if (read !== nRows) throw new RangeError(`${read} values in ${nRows} rows`);
  } catch (cause) {
    throw torn(file, cause);
  }
  return values;
}

function damaged<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw torn(file, cause);
  }
}

function torn(file: string, cause: unknown): DataError {
  return new DataError(
    {
      file,
      message: 'the Parquet file is truncated or damaged',
      found: cause instanceof Error ? cause.message.slice(0, 200) : String(cause),
      next: 'create or download it again, and compare its size',
    },
    { cause },
  );
}

function unreadable(file: string, names: readonly string[], what: string): DataError {
  return new DataError(
    names.map((name) => ({
      file,
      message: `column "${name}" ${what}`,
      allowed: 'numbers, text, booleans and dates',
      next: 'flatten it into separate columns, or write the file without it',
    })),
  );
}
