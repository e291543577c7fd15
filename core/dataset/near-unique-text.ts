import { type Column, columnLength } from '../table/table.ts';

/** With fewer rows, text differs in most of them by chance. */
const MIN_ROWS = 20;

/** Whether text has more distinct values than half of the rows: names, addresses, messages. A model cannot learn much from it. */
export function isNearUniqueText(column: Column): boolean {
  const rows = columnLength(column);
  return column.kind === 'categorical' && rows >= MIN_ROWS && column.categories.length > rows / 2;
}
