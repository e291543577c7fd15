import { combine, type Hash64, hashNumber, hashText, mix } from '../../random/hash.ts';
import { type Column, isMissing, sortByBytes, type Table } from '../../table/table.ts';

const MISSING = hashText('missing');

/**
 * A 40-bit key for each row: a hash of its values in these columns. The order of the columns and of the rows has no
 * influence. A number written as text (`"7"` or `"7.0"` in a categorical column) is the same value as the number, so that a
 * column whose inferred kind changes keeps its keys; any other text (`"007"`, `"0001E1"`, digits beyond 2⁵³) is what is written.
 * Rows that are equal in every column share a key.
 *
 * @throws RangeError for a column the table lacks.
 */
export function rowKeys(table: Table, columns: readonly string[]): Float64Array {
  const parts = table.select(sortByBytes(columns)).columns.map((column) => ({
    name: hashText(column.name),
    valueAt: valueHashes(column),
  }));
  return Float64Array.from({ length: table.nRows }, (_, row) => {
    let hash = combine([]);
    for (const { name, valueAt } of parts) {
      const value = valueAt(row);
      hash = mix(mix(mix(mix(hash, name.high), name.low), value.high), value.low);
    }
    return (hash.high & 0xff) * 0x100000000 + hash.low;
  });
}

/** Hash of the value that a column has in a row. */
export function valueHashes(column: Column): (row: number) => Hash64 {
  if (column.kind === 'numeric') {
    return (row) => (isMissing(column, row) ? MISSING : hashNumber(column.values[row]!));
  }
  const hashes = column.categories.map((text) => {
    const number = Number(text);
    return isSpelling(text, number) ? hashNumber(number) : hashText(text);
  });
  return (row) => (isMissing(column, row) ? MISSING : hashes[column.codes[row]!]!);
}

/** Whether text is how a number is written, by JavaScript or by pandas, so that no two numbers or codes can be taken for one another. */
function isSpelling(text: string, number: number): boolean {
  if (!Number.isFinite(number)) return false;
  const shortest = String(number);
  return text === shortest || (Number.isInteger(number) && text === `${shortest}.0`);
}
