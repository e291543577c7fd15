import type { CommandPorts } from '../ports.ts';
import { writeTable } from '../written-table.ts';
import { predictTable } from './predict-table.ts';

export { renderWrittenTable as terminal, writtenTable as result } from '../written-table.ts';

/** Predicts the rows of a table. */
export async function run(
  ports: CommandPorts,
  {
    out,
    ...options
  }: { readonly model: string; readonly data: string; readonly explain: boolean; readonly out?: string | undefined },
) {
  const { cwdFiles: files, runs, log } = ports;
  return writeTable(await predictTable({ files, runs, log }, options), out, ports);
}
