import type { ColumnDigest, RowContents } from '../dataset/evaluation-set.ts';

/**
 * The rows of a dataset as a judge sees them: stored once for all models of one evaluation, sorted by key then
 * occurrence. Parallel arrays of one length.
 */
export interface RowSet {
  /** SHA-256 of the content. */
  readonly id: string;
  readonly dataset: string;
  /** 40-bit hashes of the source columns (or the id), ascending; equal neighbours are occurrences 0, 1, 2… */
  readonly keys: Float64Array;
  /** 255 (`UNTESTED`) of rows that were only learned from. */
  readonly folds: Uint8Array;
  /** Rows of one number resemble each other (a group, a time); absent where each is on its own. */
  readonly clusters?: Uint32Array;
  /** The clusters are in the order of time, so near ones resemble each other as well. Earlier versions cut stretches themselves. */
  readonly isInTime?: true;
  /**
   * What rows hold in the columns that their models learned from, then in those of the baseline where these are others. A list that is
   * the key's own is left out: there the key says it.
   */
  readonly contents?: readonly RowContents[];
  /** Keys of the table's other rows, ascending, so that a row which a change adds is known from one of these. Absent: there are none. */
  readonly otherKeys?: Float64Array;
  /** The columns that rows are recognised by or learned from, all values in the order of the file. */
  readonly columns?: readonly ColumnDigest[];
  /** Of the targets in the order of the file; absent together with the target. */
  readonly targetDigest?: string;
  /** How rows are recognised, `KEY_SCHEME`. */
  readonly keyScheme?: number;
  /** Values or class indices; absent where the set was published without them. */
  readonly target?: Float64Array;
  /** Hashes of key and target, 40 bits each, where the target itself is not kept; else absent. */
  readonly labels?: Float64Array;
  /** Position of the row in the file; absent together with the target. */
  readonly positions?: Uint32Array;
  /** Columns that are sliced by; only together with the target, so that they are never published. */
  readonly slices?: readonly SliceColumn[];
  /** Class names in the order of their indices; empty for regression. */
  readonly classes: readonly string[];
  /** Rows of the dataset; more than `keys.length` when only the 40,000 smallest keys are kept, and those that a baseline kept. */
  readonly nRows: number;
  /** Mean and standard deviation of the target, the scale predictions are stored on; null for classification. */
  readonly scale: { readonly mean: number; readonly sd: number } | null;
  readonly unknown?: UnknownParts;
}

/** What a later version added to a file: fields of its header, and bytes behind the arrays that we know. They are kept as they are. */
export interface UnknownParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

/** Which value of a column each row of a row set has. */
export interface SliceColumn {
  readonly column: string;
  /** All values of the table, those of rows beyond the row set too. */
  readonly values: readonly string[];
  /** Index into `values`, per row. */
  readonly codes: Uint8Array;
}

/** What one repeat predicted for every row of the row set, by the model that did not see the row. */
export interface OutOfFold {
  /** float16 bits. Regression: (prediction − mean)/sd. Classification: logit of the probability in `MetricInput.prediction`. */
  readonly predictions: Uint16Array;
  /** Decided class index per row; empty for regression. */
  readonly decisions: Uint8Array;
  /** nClasses × nSamples, float16 bits of logits; only where a metric of the dataset needs more than the decided class's. */
  readonly probabilities?: readonly Uint16Array[];
}

/** The proof behind a run's numbers: pooled out-of-fold predictions, one entry per repeat. */
export interface Evidence {
  readonly run: string;
  /** `RowSet.id`. */
  readonly rowSet: string;
  readonly repeats: readonly OutOfFold[];
  /** What the same model predicts for the same rows when it learns only from those that the baseline has; absent: it was trained once. */
  readonly withoutAdded?: WithoutAdded;
  readonly unknown?: UnknownParts;
}

/** Predictions of models that learned from the rows of a baseline alone. */
export interface WithoutAdded {
  /** Which rows these are: `keysDigest` of the baseline. */
  readonly keys: string;
  readonly repeats: readonly OutOfFold[];
}

/** Where evidence is kept; row sets are stored once and shared. */
export interface EvidenceStore {
  /**
   * Adds the evidence of runs about one row set, all or none. A file that a crash or a disk damaged is mended.
   *
   * @throws StoreError when a run has other evidence already, or evidence is about other rows.
   */
  put(rowSet: RowSet, evidence: readonly Evidence[]): Promise<void>;
  /** Both parts, or undefined when the run's evidence is not (or no longer) there. */
  get(run: string): Promise<{ readonly rowSet: RowSet; readonly evidence: Evidence } | undefined>;
  /** Rows by their id, where they are there. */
  rows(id: string): Promise<RowSet | undefined>;
}
