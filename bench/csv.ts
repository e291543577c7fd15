import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../core/random/random.ts';
import { writeCsvTable } from './csv-table.ts';
import { median, span } from './spread.ts';
import type { Bench, Suite } from './suite.ts';
import { reached } from './training.ts';

const ROUNDS = 3;

interface Reading {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly rows: number;
  readonly columns: number;
}

/** A table, and what the ratio of our time to each original's has to keep below and aims at. */
interface CsvCase {
  readonly title: string;
  readonly contents: string;
  readonly rows: number;
  readonly columns: number;
  /** The text of one row, without its line end. */
  readonly row: (random: Random) => string;
  readonly peers: readonly {
    readonly name: string;
    readonly library: string;
    readonly mustHold?: number;
    readonly stretch?: number;
  }[];
}

const WORDS = ['basic', 'pro', 'enterprise', 'trial'];

const CASES: readonly CsvCase[] = [
  {
    title: 'short decimals, 1,000,000 × 30',
    contents:
      '22 columns of numbers of 2 to 6 decimals, 4 of whole numbers, 3 of words, one of quoted text with commas',
    rows: 1_000_000,
    columns: 30,
    row: (random) =>
      [
        ...Array.from({ length: 22 }, (_, i) => (random.uniform() * 1000).toFixed(2 + (i % 5))),
        ...Array.from({ length: 4 }, (_, i) => random.integer(10 ** (1 + i))),
        ...Array.from({ length: 3 }, () => WORDS[random.integer(4)]),
        `"city ${random.integer(500)}, zone ""${random.integer(9)}"""`,
      ].join(','),
    peers: [
      { name: 'pandas, C engine', library: 'pandas', mustHold: 1.2 },
      { name: 'Polars', library: 'polars', stretch: 1 },
    ],
  },
  {
    title: 'full precision, 400,000 × 31',
    contents: '30 columns of numbers as pandas writes doubles, with up to 17 digits, and one of 0 and 1',
    rows: 400_000,
    columns: 31,
    row: (random) =>
      [
        ...Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? random.uniform() : (1 + i) * random.normal())),
        random.integer(2),
      ].join(','),
    peers: [
      { name: 'pandas, C engine', library: 'pandas', mustHold: 1.2 },
      { name: 'Polars', library: 'polars', stretch: 1 },
    ],
  },
];

/** Reading large tables into typed columns, beside pandas' C engine and Polars; each in a process of its own, in turns. */
export const csvSuite: Suite = {
  id: 'csv',
  title: 'Reading CSV',
  packages: ['pandas==3.0.3', 'polars==2.1.0'],
  async run(bench) {
    const lines = [
      `Median of ${ROUNDS} rounds (least–most), each side in a process of its own, in turns. The time is from file to typed columns in memory, the peak memory that of the whole process. Ours and pandas read on one thread, Polars on all of them.`,
      '',
      '| Table | | Ours | Beside | Theirs | Ratio | Must hold | Stretch |',
      '| :-- | :-- | --: | :-- | --: | --: | --: | --: |',
    ];
    const contents: string[] = [];
    for (const one of CASES) {
      const { megabytes, ours, theirs } = await measure(bench, one);
      contents.push(`${one.title}: ${megabytes} MB; ${one.contents}.`);
      for (const [i, { name, mustHold, stretch }] of one.peers.entries()) {
        const line = (
          what: string,
          of: (reading: Reading) => number,
          digits: number,
          limits: readonly (number | undefined)[],
        ) => {
          const [own, other] = [ours.map(of), theirs[i]!.map(of)];
          const ratio = median(own) / median(other);
          const cells = [
            one.title,
            what,
            span(own, digits),
            name,
            span(other, digits),
            ratio.toFixed(2),
            ...limits.map((limit) => reached(ratio, limit)),
          ];
          lines.push(`| ${cells.join(' | ')} |`);
        };
        line('time, s', ({ seconds }) => seconds, 2, [mustHold, stretch]);
        line('peak memory, MB', ({ peakBytes }) => peakBytes / 1e6, 0, [undefined, undefined]);
      }
    }
    return [...contents.flatMap((line) => [line, '']), ...lines];
  },
};

async function measure(bench: Bench, { title, rows, columns, row, peers }: CsvCase) {
  const path = join(bench.folder, 'table.csv');
  const nRows = bench.quick ? 20_000 : rows;
  const random = createRandom(1, 'bench-csv');
  await writeCsvTable(path, columns, nRows, () => row(random));
  const ours: Reading[] = [];
  const theirs = peers.map((): Reading[] => []);
  for (let round = 1; round <= ROUNDS; round++) {
    ours.push(bench.node('read-csv', { path }) as Reading);
    for (const [i, { library }] of peers.entries())
      theirs[i]!.push(bench.python('read_csv.py', { path, library }) as Reading);
    bench.log(
      `${title}, round ${round}: ${[ours, ...theirs].map((all) => all.at(-1)!.seconds.toFixed(2)).join(' s, ')} s`,
    );
  }
  for (const reading of [ours, ...theirs].flat())
    if (reading.rows !== nRows || reading.columns !== columns)
      throw new Error(`read ${reading.rows} rows and ${reading.columns} columns of ${title}`);
  return { megabytes: Math.round(statSync(path).size / 1e6), ours, theirs };
}
