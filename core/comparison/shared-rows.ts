import type { RowSet } from '../evidence/evidence.ts';
import { type EvaluatedRun, rowsOf } from './compare-models.ts';
import { pairRows, sameKeyColumns } from './pair-rows.ts';

/**
 * The share of a baseline's rows that the candidate's records have too, 0…1; null where their rows cannot be matched.
 *
 * @param keyColumns what the baseline's rows are recognised by.
 */
export function sharedRowsOf(
  candidate: readonly EvaluatedRun[],
  rowSet: RowSet,
  keyColumns: readonly string[],
): number | null {
  // A model that was measured on the test set alone does not know all rows.
  const own = candidate.find((each) => rowsOf(each) && each.run.measuredOn === undefined);
  if (!own) return null;
  const pairing = pairRows(rowSet, rowsOf(own)!, sameKeyColumns(keyColumns, own.run.data.keyColumns));
  const { shared, baselineRows } = pairing.counts;
  return pairing.by === 'unpaired' || baselineRows === 0 ? null : shared / baselineRows;
}
