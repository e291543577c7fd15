import type { RowSet } from '../evidence/evidence.ts';
import { sha256Hex } from '../random/sha256.ts';
import { type EvaluatedRun, rowsOf } from './compare-models.ts';
import type { Pairing } from './pair-rows.ts';

/** The keys of all rows of the table that a run was trained on, ascending; null where evidence has a part of them alone. */
export function allKeys({ rowSet, tableRows }: TableRows): Float64Array | null {
  const { keys, otherKeys } = rowSet;
  if (!otherKeys) return keys.length < tableRows ? null : keys;
  if (keys.length + otherKeys.length < tableRows) return null;
  const known = joined.get(otherKeys);
  if (known) return known;
  const all = new Float64Array(keys.length + otherKeys.length);
  all.set(keys);
  all.set(otherKeys, keys.length);
  joined.set(otherKeys, all.sort());
  return all;
}

/** Keys are asked for again with each slice. */
const joined = new WeakMap<Float64Array, Float64Array>();

/** Rows that evidence has, and how many the whole table has. */
interface TableRows {
  readonly rowSet: Pick<RowSet, 'keys' | 'otherKeys'>;
  readonly tableRows: number;
}

export function tableRowsOf(each: EvaluatedRun): TableRows {
  return { rowSet: rowsOf(each)!, tableRows: each.run.data.rows };
}

/** SHA-256 of keys: which rows there were, whatever they held. */
export function keysDigest(keys: Float64Array): string {
  const digest = digests.get(keys) ?? sha256Hex(new Uint8Array(keys.slice().buffer));
  digests.set(keys, digest);
  return digest;
}

const digests = new WeakMap<Float64Array, string>();

/**
 * Which rows of a table its baseline has too, row by row. Of rows with one key as many are the baseline's as it has of that key: first those
 * that are paired with one of its rows, then those that come first.
 *
 * @param keys of the table's rows. @param before all keys of the baseline's table. @param paired rows that have a pair.
 */
export function rowsOfBaseline(keys: Float64Array, before: Float64Array, paired: ArrayLike<number>): Uint8Array {
  const left = new Map<number, number>();
  for (const key of before) left.set(key, (left.get(key) ?? 0) + 1);
  const isOld = new Uint8Array(keys.length);
  const take = (row: number) => {
    const n = left.get(keys[row]!) ?? 0;
    if (n === 0 || isOld[row]) return;
    left.set(keys[row]!, n - 1);
    isOld[row] = 1;
  };
  Array.from(paired).forEach(take);
  keys.forEach((_, row) => {
    take(row);
  });
  return isOld;
}

/** Whether a change adds rows to the table of its baseline; where not all of their keys are known, by what is. */
export function addsRows(baseline: EvaluatedRun, candidate: EvaluatedRun, counts: Pairing['counts']): boolean {
  if (counts.added > 0) return true;
  const [before, after] = [allKeys(tableRowsOf(baseline)), allKeys(tableRowsOf(candidate))];
  if (!before || !after) return candidate.run.data.rows > baseline.run.data.rows - counts.gone;
  return before !== after && rowsOfBaseline(after, before, []).includes(0);
}

/**
 * Whether a change adds rows and leaves all else as it was: the rows of the baseline, the settings, the code. Its model without the added
 * rows is then the baseline's.
 */
export function addsNothingElse(
  baseline: EvaluatedRun['run'],
  candidate: Pick<EvaluatedRun['run'], 'recipeSha256'>,
  { gone, relabelled, edited = 0 }: Pairing['counts'],
): boolean {
  const isSame = baseline.recipeSha256 !== undefined && baseline.recipeSha256 === candidate.recipeSha256;
  return isSame && gone + relabelled + edited === 0;
}
