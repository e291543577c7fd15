import type { ColumnDigest } from '../../dataset/evaluation-set.ts';
import { combine, type Hash64, mix } from '../../random/hash.ts';
import type { Column, Table } from '../../table/table.ts';
import { valueHashes } from './row-keys.ts';

/** Digests of those of the columns that the table has. */
export function columnDigests(table: Table, names: readonly string[]): ColumnDigest[] {
  return names.flatMap((name) => {
    const column = table.column(name);
    if (!column) return [];
    return { name, digest: digestOf(column, table.nRows) };
  });
}

/** Digest of the targets in the order of the file: of values, or of the names of classes. */
export function targetDigest({
  values,
  classes,
}: {
  readonly values: Float64Array;
  readonly classes: readonly string[];
}): string {
  const column =
    classes.length === 0
      ? ({ kind: 'numeric', name: '', values } as const)
      : ({ kind: 'categorical', name: '', codes: Int32Array.from(values), categories: classes } as const);
  return digestOf(column, values.length);
}

function digestOf(column: Column, nRows: number): string {
  const valueAt = valueHashes(column);
  let hash: Hash64 = combine([]);
  for (let row = 0; row < nRows; row++) {
    const { high, low } = valueAt(row);
    hash = mix(mix(hash, high), low);
  }
  return hash.high.toString(16).padStart(8, '0') + hash.low.toString(16).padStart(8, '0');
}
