import { readFile } from 'node:fs/promises';
import { generators } from '../core/datasets/index.ts';
import { readTable } from '../core/table/read-table.ts';
import type { Table } from '../core/table/table.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { adversarialTables } from './adversarial.ts';
import type { Bench } from './suite.ts';

/** Tables that are not ours, as `real_tables.py` tells of them. */
interface Shipped {
  readonly name: string;
  readonly path: string;
  readonly target: string;
}

/** Of more rows only one fold in five is judged, for the time it takes. */
const BIG = 1500;

/** Every table of the accuracy suite, one at a time. */
export async function* accuracyTables(bench: Bench): AsyncGenerator<AccuracyTable> {
  for (const generator of generators.all) {
    const table = withoutIds(generator.generate({ rows: generator.defaultRows, seed: 42 }));
    yield { name: `generated: ${generator.id}`, table, target: generator.target, scoredFolds: scoredFolds(table) };
  }
  for (const { name, path, target } of bench.python('real_tables.py', { folder: bench.folder }) as Shipped[]) {
    const table = await readTable(await readFile(path), { file: path });
    yield { name, table, target, scoredFolds: scoredFolds(table) };
  }
  yield* adversarialTables();
}

function scoredFolds({ nRows }: Table): number {
  return nRows > BIG ? 1 : 5;
}

export function withoutIds(table: Table): Table {
  return table.select(table.columns.map(({ name }) => name).filter((name) => name !== 'customerID'));
}
