import { DataError } from '../errors/app-error.ts';
import { listNames } from '../errors/list-names.ts';
import { suggest } from '../registry/suggest.ts';
import { isMissing, sortByBytes, type Table, valueText } from '../table/table.ts';

/** Most distinct values of a sliced column: with more, the slices are too small to be useful. */
const MOST_VALUES = 20;
/** The slice of rows without a value. */
const MISSING = '(missing)';
/** Characters of a value that are compared; the rest is cut off. */
const LONGEST_VALUE = 1000;

/** The rows of one value of a column. */
export interface Slice {
  readonly column: string;
  readonly value: string;
  /** Row positions in the file, from 0. */
  readonly rows: ReadonlySet<number>;
}

/**
 * One slice per value of each of these columns, values in the order of their UTF-8 bytes.
 *
 * @throws DataError when a column is not in the table, or has more than twenty values.
 */
export function slicesOf(table: Table, columns: readonly string[], file: string): Slice[] {
  return columns.flatMap((name) => {
    const column = table.column(name);
    if (!column) throw unknownColumn(table, name, file);
    const rows = new Map<string, Set<number>>();
    for (let row = 0; row < table.nRows; row++) {
      const value = isMissing(column, row) ? MISSING : valueText(column, row).slice(0, LONGEST_VALUE);
      const own = rows.get(value);
      if (own) own.add(row);
      else rows.set(value, new Set([row]));
      if (rows.size > MOST_VALUES) throw tooManyValues(name, file);
    }
    return sortByBytes(rows.keys()).map((value) => ({ column: name, value, rows: rows.get(value)! }));
  });
}

function unknownColumn(table: Table, name: string, file: string): DataError {
  const names = table.columns.map((column) => column.name);
  const near = suggest(name, names);
  return new DataError({
    file,
    place: 'line 1',
    message: `\`slices\` names "${name}", but the table has no such column`,
    found: listNames(names),
    ...(near && { next: `did you mean "${near}"?` }),
  });
}

function tooManyValues(name: string, file: string): DataError {
  return new DataError({
    file,
    message: `column "${name}" has more than ${MOST_VALUES} different values, too many to slice by`,
    allowed: `at most ${MOST_VALUES}`,
    next: 'slice by a coarser column, such as ranges of the values',
  });
}
