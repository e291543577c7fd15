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
    const columns = names.map((name) => table.column(name)!);
    if (table.nRows === 0 || columns.reduce((room, column) => room * distinct(column), 1) < ROOM * table.nRows)
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

function distinct(column: Column): number {
  return column.kind === 'categorical' ? column.categories.length : new Set(column.values).size;
}
