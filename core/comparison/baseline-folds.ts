import type { RowSet } from '../evidence/evidence.ts';
import { pairRows } from './pair-rows.ts';

/**
 * The baseline's fold of every row of the candidate's file (nRows), where columns that the baseline's folds were made by are gone, and
 * rows are recognised by their id or their place. With folds of their own the candidate's models would learn from other rows, and what
 * that does to a metric would be taken for the change's doing. Null where rows cannot be recognised so.
 *
 * @param candidate by columns of its own. @param options.own nRows: the folds that rows have by them, for those that are new.
 */
export function foldsOfBaseline(
  baseline: RowSet,
  candidate: RowSet,
  options: { readonly sameKeys: boolean; readonly own: Uint8Array },
): Uint8Array | null {
  const pairing = pairRows(baseline, candidate, options.sameKeys);
  if (pairing.by === 'unpaired' || !candidate.positions) return null;
  const folds = options.own.slice();
  pairing.baseline.forEach((b, pair) => {
    folds[candidate.positions![pairing.candidate[pair]!]!] = baseline.folds[b]!;
  });
  return folds;
}
