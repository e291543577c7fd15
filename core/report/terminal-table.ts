import Table from 'cli-table3';
import { printable } from './printable.ts';

/** A table for a terminal: the first column to the left, the others to the right. Every cell stays on its line. */
export function terminalTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: head.map(printable),
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
  });
  table.push(...rows.map((row) => row.map(printable)));
  return table.toString();
}
