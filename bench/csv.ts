import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../core/random/random.ts';
import { median, span } from './spread.ts';
import type { Suite } from './suite.ts';

const ROWS = 1_000_000;
const COLUMNS = 30;
const ROUNDS = 3;

interface Reading {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly rows: number;
  readonly columns: number;
}

/** Reading a large table into typed columns, beside pandas' C engine; each in a process of its own, in turns. */
export const csvSuite: Suite = {
  id: 'csv',
  title: `Reading CSV, ${ROWS.toLocaleString('en-US')} rows × ${COLUMNS} columns`,
  packages: ['pandas==3.0.3'],
  async run({ python, node, log, folder, quick }) {
    const nRows = quick ? 20_000 : ROWS;
    const path = join(folder, 'table.csv');
    await writeTable(path, nRows);
    const megabytes = Math.round(statSync(path).size / 1e6);
    const ours: Reading[] = [];
    const theirs: Reading[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      ours.push(node('read-csv', { path }) as Reading);
      theirs.push(python('read_csv.py', { path }) as Reading);
      log(`round ${round}: ${ours.at(-1)!.seconds.toFixed(2)} s, pandas ${theirs.at(-1)!.seconds.toFixed(2)} s`);
    }
    for (const { rows, columns } of [...ours, ...theirs]) {
      if (rows !== nRows || columns !== COLUMNS) throw new Error(`read ${rows} rows and ${columns} columns`);
    }
    const row = (title: string, of: (reading: Reading) => number, digits: number) =>
      `| ${title} | ${span(ours.map(of), digits)} | ${span(theirs.map(of), digits)} | ${(median(ours.map(of)) / median(theirs.map(of))).toFixed(2)} |`;
    return [
      `${megabytes} MB; 22 columns of numbers, 4 of whole numbers, 3 of words, one of quoted text with commas. Median of ${ROUNDS} rounds (least–most). The time is from file to typed columns in memory, the peak memory that of the whole process.`,
      '',
      '| | mlops-action | pandas, C engine | ratio |',
      '| :-- | --: | --: | --: |',
      row('time, s', ({ seconds }) => seconds, 2),
      row('peak memory, MB', ({ peakBytes }) => peakBytes / 1e6, 0),
    ];
  },
};

async function writeTable(path: string, rows: number): Promise<void> {
  const random = createRandom(1, 'bench-csv');
  const out = createWriteStream(path);
  out.write(`${Array.from({ length: COLUMNS }, (_, i) => `c${i}`).join(',')}\n`);
  const words = ['basic', 'pro', 'enterprise', 'trial'];
  for (let from = 0; from < rows; from += 10_000) {
    let text = '';
    for (let row = 0; row < 10_000; row++) {
      for (let i = 0; i < 22; i++) text += `${(random.uniform() * 1000).toFixed(2 + (i % 5))},`;
      for (let i = 0; i < 4; i++) text += `${random.integer(10 ** (1 + i))},`;
      for (let i = 0; i < 3; i++) text += `${words[random.integer(4)]},`;
      text += `"city ${random.integer(500)}, zone ""${random.integer(9)}"""\n`;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
