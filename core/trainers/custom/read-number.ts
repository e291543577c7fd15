import { DataError } from '../../errors/app-error.ts';
import { type Table, valueText } from '../../table/table.ts';

/** Where a row of predictions is, for messages. */
export type PlaceOf = (row: number) => string;

/**
 * A column of text as numbers.
 *
 * @throws DataError that names the first row whose text is no finite number, or not allowed.
 */
export function readNumber(
  table: Table,
  name: string,
  options: {
    readonly file: string;
    readonly placeOf: PlaceOf;
    readonly allowed: string;
    readonly isAllowed: (value: number) => boolean;
  },
): Float64Array {
  const { file, placeOf, allowed, isAllowed } = options;
  const column = table.column(name)!;
  return Float64Array.from({ length: table.nRows }, (_, row) => {
    const text = valueText(column, row);
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value) && isAllowed(value)) return value;
    throw new DataError({
      file,
      place: placeOf(row),
      message: `"${name}" is not allowed`,
      found: text === '' ? 'nothing' : `"${text.slice(0, 100)}"`,
      allowed,
    });
  });
}
