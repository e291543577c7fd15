import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { categoricalColumn, createTable, type Table } from '../../table/table.ts';
import type { FoldTask } from '../training.ts';

/**
 * A name for every row of the file that no other row has: its key as ten hexadecimal digits, and which of the rows of that
 * key it is (`a1b2c3d4e5-0`). Rows of one key are counted by fold and place in the file, never by target: a name must not
 * tell what is to be predicted.
 */
export function rowNames({ keys, folds }: Pick<EvaluationSet, 'keys' | 'folds'>): readonly string[] {
  const names = new Array<string>(keys.length);
  const counts = new Map<number, number>();
  for (const row of byName({ keys, folds }, keys.keys())) {
    const key = keys[row]!;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    names[row] = `${key.toString(16).padStart(10, '0')}-${count}`;
  }
  return names;
}

/** What the column of row names is called: `key`, with an underscore before it where the table has such a column. */
export function keyColumnName(columns: readonly string[], target: string): string {
  let name = 'key';
  while (columns.includes(name) || name === target) name = `_${name}`;
  return name;
}

/** Rows that become text at a time: a table may be longer than the longest string there can be. */
const BLOCK = 20_000;

/** The two tables of a fold as CSV, in pieces: to learn from, with the target; and to predict, without it. */
export function foldFiles(options: {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly target: string;
  readonly evaluationSet: EvaluationSet;
  readonly names: readonly string[];
  readonly keyColumn: string;
  readonly task: FoldTask;
}): { readonly train: Iterable<string>; readonly test: Iterable<string> } {
  const { table, columns, target, evaluationSet, names, keyColumn, task } = options;
  const textOf = (rows: ArrayLike<number>, wanted: readonly string[]) => {
    const keys = categoricalColumn(
      keyColumn,
      Array.from(rows, (row) => names[row]),
    );
    return writeCsv(createTable([keys, ...table.select(wanted).take(rows).columns]));
  };
  function* csv(rows: Uint32Array, wanted: readonly string[]): Generator<string> {
    const header = textOf([], wanted);
    yield header;
    for (let start = 0; start < rows.length; start += BLOCK) {
      yield textOf(rows.subarray(start, start + BLOCK), wanted).slice(header.length);
    }
  }
  return {
    train: csv(task.trainRows, [...columns, target]),
    // The order of the evaluation set sorts rows of one key by their target.
    test: csv(Uint32Array.from(byName(evaluationSet, task.testRows)), columns),
  };
}

/** Rows by key, then fold, then place in the file. */
function byName({ keys, folds }: Pick<EvaluationSet, 'keys' | 'folds'>, rows: Iterable<number>): number[] {
  return [...rows].sort((a, b) => keys[a]! - keys[b]! || folds[a]! - folds[b]! || a - b);
}
