import { readCsv } from './csv.ts';
import { sniffDelimiter } from './delimiter.ts';
import { gunzip, isGzip } from './gzip.ts';
import type { Column, Table } from './table.ts';

/**
 * A table from a file's bytes: CSV, TSV, or text delimited by semicolons or bars, gzipped or not. What it is shows in its
 * content, not in its name (a `.tsv` file has tabs all the same).
 *
 * @param options.delimiter where the guess is wrong.
 * @throws DataError as `readCsv` does; also for a gzip file that is torn.
 */
export async function readTable(
  bytes: Uint8Array,
  options: {
    readonly file: string;
    readonly kinds?: Readonly<Record<string, Column['kind']>>;
    readonly delimiter?: string;
  },
): Promise<Table> {
  const { file, kinds = {} } = options;
  const text = isGzip(bytes) ? await gunzip(bytes, file) : bytes;
  return readCsv(text, { file, kinds, delimiter: options.delimiter ?? sniffDelimiter(text, file) });
}
