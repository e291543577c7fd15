import type { DatasetDrift } from './drift-result.ts';

/** Columns of a dataset that a report keeps, and entries of each list of its data quality. */
const MOST = 50;

/** Drift as a report keeps it: the columns that drifted first, and no more than a person reads. `moved` names them all. */
export function mostDrifted(each: DatasetDrift): DatasetDrift {
  const { drift } = each;
  if (!drift || (drift.columns.length <= MOST && drift.moved.length <= MOST)) return each;
  const place = new Map(drift.moved.map((column, i) => [column, i]));
  const rank = (column: string) => place.get(column) ?? drift.moved.length;
  const { quality } = drift;
  return {
    ...each,
    drift: {
      ...drift,
      columns: drift.columns.toSorted((a, b) => rank(a.column) - rank(b.column)).slice(0, MOST),
      quality: {
        ...quality,
        onlyInReference: quality.onlyInReference.slice(0, MOST),
        onlyInCurrent: quality.onlyInCurrent.slice(0, MOST),
        typeChanges: quality.typeChanges.slice(0, MOST),
        newCategories: quality.newCategories.slice(0, MOST),
        outOfRange: quality.outOfRange.slice(0, MOST),
      },
    },
  };
}
