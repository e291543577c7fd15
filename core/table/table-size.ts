import { DataError } from '../errors/app-error.ts';

const MAX_CELLS = 2 ** 31;

/** @throws DataError when a table has more than 2³¹ cells. */
export function checkSize(rows: number, columns: number, file: string): void {
  if (rows * columns <= MAX_CELLS) return;
  throw new DataError({
    file,
    message: 'the table is too large',
    found: `${rows} rows × ${columns} columns`,
    allowed: '2,147,483,648 cells',
    next: 'train on a sample of the rows, or remove columns',
  });
}
