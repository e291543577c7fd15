import type { Split } from '../../dataset/evaluation-set.ts';
import { DataError } from '../../errors/app-error.ts';
import { combine, hashText } from '../../random/hash.ts';
import { isMissing, valueText } from '../../table/table.ts';
import type { SplitInput } from './split.ts';

/**
 * Keeps each group in one fold. Groups are sorted by a hash of their value and the dataset, then cut into blocks of about equally
 * many rows, so an added row only moves groups at the borders. Classes are not balanced.
 *
 * @throws DataError where a row has no group, or there are fewer groups than folds.
 */
export function groupFolds({ dataset, file, table, plan }: SplitInput): Split {
  const column = table.column(plan.group!)!;
  const place = new Map<string, number>();
  const rowsOf: number[] = [];
  const clusters = Uint32Array.from({ length: table.nRows }, (_, row) => {
    if (isMissing(column, row)) {
      throw new DataError({
        file,
        place: `data row ${row + 1}`,
        message: `\`split.group\` column "${plan.group}" is empty in this row`,
        next: 'fill it in, or set `split.group` to another column',
      });
    }
    const value = valueText(column, row);
    const group = place.get(value) ?? place.size;
    place.set(value, group);
    rowsOf[group] = (rowsOf[group] ?? 0) + 1;
    return group;
  });
  if (place.size < plan.folds) {
    throw new DataError({
      file,
      message: `\`split.group\` column "${plan.group}" has too few groups: ${plan.folds} folds need at least ${plan.folds}`,
      found: `${place.size} groups`,
      allowed: `at least ${plan.folds} groups; 20 or more are better`,
    });
  }
  const salt = hashText(dataset);
  const sorted = [...place].map(([value, group]) => ({ value, group, hash: combine([salt, hashText(value)]) }));
  sorted.sort((a, b) => a.hash.high - b.hash.high || a.hash.low - b.hash.low || (a.value < b.value ? -1 : 1));
  const foldOf = new Uint8Array(place.size);
  let before = 0;
  for (const { group } of sorted) {
    const middle = before + rowsOf[group]! / 2;
    foldOf[group] = Math.min(plan.folds - 1, Math.floor((middle * plan.folds) / table.nRows));
    before += rowsOf[group]!;
  }
  return {
    folds: Uint8Array.from(clusters, (group) => foldOf[group]!),
    clusters: ranked(clusters, sorted),
    time: null,
  };
}

/** Groups numbered in the order of their hashes, so that the numbers do not depend on the order of the file. */
function ranked(clusters: Uint32Array, sorted: readonly { readonly group: number }[]): Uint32Array {
  const rank = new Uint32Array(sorted.length);
  for (const [i, { group }] of sorted.entries()) rank[group] = i;
  return clusters.map((group) => rank[group]!);
}
