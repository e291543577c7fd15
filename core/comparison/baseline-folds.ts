import type { RowSet } from '../evidence/evidence.ts';
import { pairRows } from './pair-rows.ts';

/**
 * The baseline's fold of every row of the candidate's file (nRows), where the columns that the baseline knew rows by are gone and
 * rows are recognised by their place. With folds of their own the candidate's models would learn from other rows, and what that
 * does to a metric would be taken for the change's doing. Null where rows cannot be recognised so.
 *
 * @param candidate by columns of its own.
 */
export function foldsByPosition(baseline: RowSet, candidate: RowSet): Uint8Array | null {
  const pairing = pairRows(baseline, candidate, false);
  if (pairing.by !== 'position') return null;
  const folds = new Uint8Array(candidate.nRows);
  pairing.baseline.forEach((b, pair) => {
    folds[candidate.positions![pairing.candidate[pair]!]!] = baseline.folds[b]!;
  });
  return folds;
}
