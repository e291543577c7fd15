import { z } from 'zod';
import { writeCsv } from '../table/csv-writer.ts';
import type { Table } from '../table/table.ts';
import type { Outcome } from './command.ts';
import type { CommandPorts } from './ports.ts';

/** The result of a command that makes a table: in the file that was asked for, else here. */
export const writtenTable = z.strictObject({
  rows: z.int(),
  /** The file that was written; null where none was asked for. */
  out: z.string().nullable(),
  /** The table itself; null where it is in a file. */
  csv: z.string().nullable(),
});
type WrittenTable = z.infer<typeof writtenTable>;

/** Writes a table as CSV to the file that was asked for. */
export async function writeTable(
  table: Table,
  out: string | undefined,
  { cwdFiles }: Pick<CommandPorts, 'cwdFiles'>,
): Promise<Outcome<WrittenTable>> {
  const csv = writeCsv(table);
  const rows = table.nRows;
  if (out === undefined) return { result: { rows, out: null, csv }, files: [], warnings: [] };
  await cwdFiles.write(out, csv);
  return { result: { rows, out, csv: null }, files: [out], warnings: [] };
}

/** The table, or the name of its file. */
export function renderWrittenTable({ result: { csv, out } }: Outcome<WrittenTable>): string {
  return csv ?? `${out}\n`;
}
