import { readCsv } from './csv.ts';
import { sniffDelimiter } from './delimiter.ts';
import { gunzip, isGzip } from './gzip.ts';
import type { NumberFormat } from './number-format.ts';
import type { DeclaredKind, Table } from './table.ts';

/** What is known of a table before it is read. */
export interface ReadOptions extends NumberFormat {
  /** The file's path, for messages. */
  readonly file: string;
  /** Kinds of columns that are not to be inferred. */
  readonly kinds?: Readonly<Record<string, DeclaredKind>>;
  /** What stands between values, where the guess is wrong. */
  readonly delimiter?: string;
}

/**
 * A table from a file's bytes: CSV, TSV, or text delimited by semicolons or bars, gzipped or not. What it is shows in its
 * content, not in its name (a `.tsv` file has tabs all the same).
 *
 * @throws DataError as `readCsv` does; also for a gzip file that is torn.
 */
export async function readTable(bytes: Uint8Array, options: ReadOptions): Promise<Table> {
  const { file } = options;
  const text = isGzip(bytes) ? await gunzip(bytes, file) : bytes;
  return readCsv(text, { ...options, delimiter: options.delimiter ?? sniffDelimiter(text, file) });
}
