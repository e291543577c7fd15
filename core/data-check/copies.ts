import { rowKeys } from '../evaluation/split/row-keys.ts';
import { count } from '../report/numbers.ts';
import type { Column } from '../table/table.ts';
import { defineDataCheck } from './data-check.ts';

/** A smaller share of copies moves no score. */
const LEAST = 0.005;
/** How many different rows the columns allow for each row of the table; with fewer, rows are equal by chance. */
const ROOM = 10;

export const copies = defineDataCheck({
  id: 'copies',
  summary: 'rows that are copies of other rows',
  find({ table, features, target }) {
    const names = target ? [...features, target.name] : features;
    if (
      !hasRoom(
        names.map((name) => table.column(name)!),
        ROOM * table.nRows,
      )
    )
      return [];
    const copied = table.nRows - new Set(rowKeys(table, names)).size;
    if (copied < LEAST * table.nRows || copied === 0) return [];
    return [
      {
        columns: [],
        message: `${count(copied)} of ${count(table.nRows)} rows are copies of another row${target ? ', target included' : ''}`,
        next: 'if they were recorded twice or made by oversampling, remove them: a model that has seen a row predicts its copy too well',
      },
    ];
  },
});

/** Whether the columns have values for this many different rows. */
function hasRoom(columns: readonly Column[], rows: number): boolean {
  let room = 1;
  for (const column of columns) {
    room *= column.kind === 'categorical' ? Math.max(1, column.categories.length) : new Set(column.values).size;
    if (room >= rows) return rows > 0;
  }
  return false;
}
