import type { Table } from '../core/table/table.ts';

/** A table to learn from, and how what was learned is judged. */
export interface AccuracyTable {
  readonly name: string;
  readonly table: Table;
  readonly target: string;
  /** Five folds are drawn for each seed; of big tables only the first is judged. */
  readonly scoredFolds: number;
  /** A metric, where the usual one says nothing of this shape. */
  readonly score?: 'accuracy' | 'rmse';
  /** The fold of each row, −1 for none, where they are not drawn. */
  readonly folds?: (target: Float64Array, seed: number) => Float64Array;
}
