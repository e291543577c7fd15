import { markdownTable } from 'markdown-table';

/** A table of cells that are Markdown already; none can break out of it. */
export function table(rows: readonly (readonly string[])[], align: readonly string[]): string {
  const safe = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return markdownTable(safe, { align: [...align], stringLength: (text) => [...text].length });
}
