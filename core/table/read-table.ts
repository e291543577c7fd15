import { refuseBinary } from './binary-formats.ts';
import { concatTables, partKind } from './concat-tables.ts';
import { readCsv } from './csv.ts';
import { sniffDelimiter } from './delimiter.ts';
import { gunzip, isGzip } from './gzip.ts';
import { isJsonLines, readJsonLines } from './json-lines.ts';
import type { NumberFormat } from './number-format.ts';
import { isParquet, readParquet } from './parquet.ts';
import type { DeclaredKind, Table } from './table.ts';

/** How to read a table. */
export interface ReadOptions extends NumberFormat {
  /** The file's path, for messages. */
  readonly file: string;
  /** Declared kinds by column name; the kinds of other columns are inferred. */
  readonly kinds?: Readonly<Record<string, DeclaredKind>>;
  /** Columns without a declared kind are text as the file has it (numbers as they are spelt); default: their kinds are inferred. */
  readonly asWritten?: boolean;
  /** The delimiter; guessed from the header when absent. */
  readonly delimiter?: string;
}

/**
 * Reads a table from a file's bytes: Parquet, JSON Lines, CSV, TSV, or text delimited by semicolons or vertical bars; text may
 * be gzipped. The format is detected from the content, not the name, except that a `.tsv` file always has tabs.
 *
 * @throws DataError as `readCsv`, `readJsonLines` and `readParquet` do; also for a damaged gzip file and for any other
 * binary file.
 */
export async function readTable(bytes: Uint8Array, options: ReadOptions): Promise<Table> {
  const { file } = options;
  if (isParquet(bytes)) return readParquet(bytes, options);
  const text = isGzip(bytes) ? await gunzip(bytes, file) : bytes;
  refuseBinary(text, file);
  if (isJsonLines(text)) return readJsonLines(text, options);
  return readCsv(text, { ...options, delimiter: options.delimiter ?? sniffDelimiter(text, file) });
}

/**
 * Reads one table from several files with the same columns, in any order. A column that is numeric in one file and text in
 * another is text in all of them.
 *
 * @throws DataError as `readTable` and `concatTables` do.
 */
export async function readTables(
  files: readonly { readonly file: string; readonly bytes: Uint8Array }[],
  options: Omit<ReadOptions, 'file'>,
): Promise<Table> {
  const read = async (kinds: ReadOptions['kinds']) => {
    const parts = [];
    for (const { file, bytes } of files) {
      parts.push({ file, table: await readTable(bytes, { ...options, file, ...(kinds && { kinds }) }) });
    }
    return parts;
  };
  const parts = await read(options.kinds);
  const differing = (parts[0]?.table.columns ?? [])
    .map(({ name }) => name)
    .filter((name) => {
      const columns = parts.flatMap(({ table }) => table.column(name) ?? []);
      return new Set(columns.map(partKind).filter((kind) => kind !== undefined)).size > 1;
    });
  if (differing.length === 0 || !parts.every(({ table }) => differing.every((name) => table.column(name)))) {
    return concatTables(parts);
  }
  const asText = Object.fromEntries(differing.map((name) => [name, 'categorical' as const]));
  return concatTables(await read({ ...options.kinds, ...asText }));
}
