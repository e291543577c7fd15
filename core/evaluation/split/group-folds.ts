import type { Split } from '../../dataset/evaluation-set.ts';
import { DataError } from '../../errors/app-error.ts';
import { combine, hashText } from '../../random/hash.ts';
import { isMissing, valueText } from '../../table/table.ts';
import type { SplitInput } from './split.ts';
import { unitFolds } from './unit-folds.ts';

/**
 * Keeps each group in one fold. Groups are sorted by a hash of their value and the dataset, then cut into blocks of about equally
 * many rows, so an added row only moves groups at the borders. Classes are not balanced, but no fold is empty or, where that can be
 * avoided, of a single class.
 *
 * @throws DataError where a row has no group, or there are fewer groups than folds.
 */
export function groupFolds({ dataset, file, table, target, nClasses, plan }: SplitInput): Split {
  const column = table.column(plan.group!)!;
  const place = new Map<string, number>();
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
  const rows: number[][] = Array.from({ length: place.size }, () => []);
  for (const [row, group] of clusters.entries()) rows[group]!.push(row);
  const units = [...place].map(([value, group]) => ({ rows: rows[group]!, place: combine([salt, hashText(value)]) }));
  const split = unitFolds(units, { nRows: table.nRows, target, nClasses, nFolds: plan.folds, isStratified: false });
  return { folds: split.folds, clusters: split.units, time: null, duplicates: null };
}
