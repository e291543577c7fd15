import { DataError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import { isMissing, sortByBytes, type Table, valueText } from '../table/table.ts';

/** Most values of a column that is sliced by: more are no slices but crumbs. */
const MOST_VALUES = 20;
/** What missing values are called. */
const MISSING = '(missing)';
/** Characters of a value by which rows are told apart. */
const LONGEST_VALUE = 1000;

/** The rows of one value of a column. */
export interface Slice {
  readonly column: string;
  readonly value: string;
  /** Positions in the file. */
  readonly rows: ReadonlySet<number>;
}

/**
 * One slice for each value of each of these columns, values in the order of their bytes.
 *
 * @throws DataError for a column the table lacks, and for one of more than twenty values.
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
    found: names.map((each) => `"${each}"`).join(', '),
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
