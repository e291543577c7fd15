import { combine, type Hash64, hashNumber, hashText } from '../../random/hash.ts';
import { type Column, isMissing, sortByBytes, type Table } from '../../table/table.ts';

const MISSING = hashText('missing');

/**
 * A 40-bit key for each row: a hash of its values in these columns. The order of the columns and of the rows has no
 * influence; a number written as text (`"7"` in a categorical column) is the same value as the number, so that a column
 * whose inferred kind changes keeps its keys. Rows that are equal in every column share a key.
 *
 * @throws RangeError for a column the table lacks.
 */
export function rowKeys(table: Table, columns: readonly string[]): Float64Array {
  const parts = table.select(sortByBytes(columns)).columns.map((column) => ({
    name: hashText(column.name),
    valueAt: valueHashes(column),
  }));
  return Float64Array.from({ length: table.nRows }, (_, row) => {
    const hash = combine(parts.flatMap(({ name, valueAt }) => [name, valueAt(row)]));
    return (hash.high & 0xff) * 0x100000000 + hash.low;
  });
}

function valueHashes(column: Column): (row: number) => Hash64 {
  if (column.kind === 'numeric') {
    return (row) => (isMissing(column, row) ? MISSING : hashNumber(column.values[row]!));
  }
  const hashes = column.categories.map((text) => {
    const number = Number(text);
    return text.trim() === '' || !Number.isFinite(number) ? hashText(text) : hashNumber(number);
  });
  return (row) => (isMissing(column, row) ? MISSING : hashes[column.codes[row]!]!);
}
