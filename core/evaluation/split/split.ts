import type { SplitPlan } from '../../dataset/split-plan.ts';
import type { Table } from '../../table/table.ts';

/** The fold of rows that are learned from and never predicted: those before the first cut of a time-ordered split. */
export const UNTESTED = 255;

/** How the rows of a table were parted. */
export interface Split {
  /** nRows: 0…k − 1; fold 0 is the test set. `UNTESTED` where no model predicts the row. */
  readonly folds: Uint8Array;
  /** nRows: rows of one number resemble each other, so noise is summed within them; null where every row is on its own. */
  readonly clusters: Uint32Array | null;
  /** Of a split by time; null otherwise. */
  readonly time: TimeOrder | null;
}

export interface TimeOrder {
  /** nRows. */
  readonly times: Float64Array;
  /** Where blocks begin, ascending: the last is the beginning of fold 0. */
  readonly cuts: readonly number[];
  readonly gap: number;
}

/** What parting rows needs to know of them. */
export interface SplitInput {
  readonly dataset: string;
  readonly file: string;
  readonly table: Table;
  readonly keys: Float64Array;
  readonly target: Float64Array;
  readonly nClasses: number;
  readonly plan: SplitPlan;
  /** Where the baseline's blocks began; they stay while they are of use. */
  readonly cuts: readonly number[] | null;
}
