import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Rows that are written at a time. */
const BATCH = 10_000;

/** Writes a CSV file with columns c0, c1, …, row by row. */
export async function writeCsvTable(path: string, columns: number, rows: number, row: () => string): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${Array.from({ length: columns }, (_, i) => `c${i}`).join(',')}\n`);
  for (let from = 0; from < rows; from += BATCH) {
    let text = '';
    for (let i = from; i < Math.min(rows, from + BATCH); i++) text += `${row()}\n`;
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
