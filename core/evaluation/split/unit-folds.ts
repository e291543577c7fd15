import type { Hash64 } from '../../random/hash.ts';
import { repairFolds } from './repair-folds.ts';

/** Rows that must not be parted, and by what they are sorted. */
export interface RowUnit {
  readonly rows: readonly number[];
  readonly place: Hash64;
}

/**
 * Folds of whole units. A unit belongs to the stratum of its class, or to that of units of several classes. Within a stratum, units in
 * the order of their places are given the fold in which their middle row falls, so that folds have about equally many rows of each
 * class, need no stored state, and an added unit moves others at the borders of folds only.
 *
 * @param options.nClasses 0 of a regression. @param options.isStratified false: all units are of one stratum; default: by class.
 * @returns the fold of each row, and each row's unit, numbered in the order of places, whatever the order of the file.
 */
export function unitFolds(
  units: readonly RowUnit[],
  options: {
    readonly nRows: number;
    readonly target: ArrayLike<number>;
    readonly nClasses: number;
    readonly nFolds: number;
    readonly isStratified?: boolean;
  },
): { readonly folds: Uint8Array; readonly units: Uint32Array } {
  const { nRows, target, nClasses, nFolds, isStratified = true } = options;
  const sorted = [...units].sort((a, b) => a.place.high - b.place.high || a.place.low - b.place.low);
  const classOf = (row: number) => (nClasses === 0 ? 0 : target[row]!);
  const strata = sorted.map(({ rows }) => {
    if (!isStratified) return 0;
    const [first] = rows;
    return rows.every((row) => classOf(row) === classOf(first!)) ? classOf(first!) : nClasses;
  });
  const rowsOf = new Array<number>(nClasses + 2).fill(0);
  for (const [u, { rows }] of sorted.entries()) rowsOf[strata[u]!]! += rows.length;
  const before = new Array<number>(nClasses + 2).fill(0);
  const foldOf = Uint8Array.from(sorted, ({ rows }, u) => {
    const stratum = strata[u]!;
    const middle = before[stratum]! + rows.length / 2;
    before[stratum]! += rows.length;
    return Math.min(nFolds - 1, Math.floor((nFolds * middle) / rowsOf[stratum]!));
  });
  repairFolds(sorted, foldOf, { classOf, nClasses: Math.max(1, nClasses), nFolds });
  const folds = new Uint8Array(nRows);
  const unitOf = new Uint32Array(nRows);
  for (const [u, { rows }] of sorted.entries()) {
    for (const row of rows) {
      folds[row] = foldOf[u]!;
      unitOf[row] = u;
    }
  }
  return { folds, units: unitOf };
}
