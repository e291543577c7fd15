import type { Target } from './target.ts';

/** The fold of rows that are learned from and never predicted: those before the first cut of a time-ordered split. */
export const UNTESTED = 255;

/** How the rows of a table are split into folds. Arrays have one entry per row, in the order of the file. */
export interface Split {
  /** nRows: 0…k − 1; fold 0 is the test set. `UNTESTED` where no model predicts the row. */
  readonly folds: Uint8Array;
  /**
   * nRows: rows of one number resemble each other, so noise is summed within them; null where every row is on its own. Of a split by
   * time it is the rank of the row's time, and rows of near ranks resemble each other too.
   */
  readonly clusters: Uint32Array | null;
  /** Of a split by time; null otherwise. */
  readonly time: TimeOrder | null;
  /** Rows with equal features; null of a split by groups or time, or where the folds are given. */
  readonly duplicates: Duplicates | null;
}

/** How rows with equal features are parted. */
export interface Duplicates {
  readonly rule: 'spread' | 'group';
  /** How many rows repeat another row. */
  readonly copies: number;
  /** nRows: 1 of a row that no other row equals. */
  readonly isAlone: Uint8Array;
}

export interface TimeOrder {
  /** nRows. */
  readonly times: Float64Array;
  /** Where blocks begin, ascending: the last is the beginning of fold 0. */
  readonly cuts: readonly number[];
  readonly gap: number;
}

/** The rows of a dataset as models are evaluated on them. */
export interface EvaluationSet extends Split {
  readonly dataset: string;
  readonly target: Target;
  /** nRows: 40-bit hashes that rows are recognised by. */
  readonly keys: Float64Array;
  /** The columns that keys are made of, sorted by their names. */
  readonly keyColumns: readonly string[];
  /** What rows hold, by the columns that are learned from; then by those of the baseline where these are others. */
  readonly contents: readonly RowContents[];
  /** The columns that rows are recognised by or learned from. */
  readonly columns: readonly ColumnDigest[];
  readonly targetDigest: string;
  readonly nFolds: number;
  /** Positions of the rows by key, then target, then position in the file: the order for training and storing. */
  readonly order: Uint32Array;
  /** Keys of rows of the table that are no part of it; absent: it has all of them. */
  readonly elsewhere?: Float64Array;
}

/** Hashes of what rows hold in these columns. */
export interface RowContents {
  /** Sorted by their names. */
  readonly columns: readonly string[];
  /** nRows: 40 bits. */
  readonly hashes: Float64Array;
}

/** What a column holds, all rows in the order of the file: equal where every value is, whatever its name or kind. */
export interface ColumnDigest {
  readonly name: string;
  /** 16 hexadecimal digits. */
  readonly digest: string;
}
