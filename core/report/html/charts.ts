import type { DatasetDrift } from '../../drift/drift-result.ts';
import type { Estimate } from '../../tracking/run.ts';
import type { StudyResult } from '../../tuning/study-result.ts';

/**
 * What the page draws beside what the report says: numbers of many rows together. No row, no id and no single prediction or target is in
 * it: curves are means over folds, and a bin of fewer than `FEWEST_ROWS` rows is left out. `docs/report.md` says what that means.
 */
export interface Charts {
  readonly datasets: readonly DatasetCharts[];
}

/** Rows that a bin has at least, and of each class a curve. */
export const FEWEST_ROWS = 5;

export interface DatasetCharts {
  readonly dataset: string;
  readonly models: readonly ModelCharts[];
  /** Absent where there is no second table. */
  readonly drift?: DatasetDrift;
  /** A study per model that was tuned. */
  readonly studies?: readonly StudyResult[];
}

export interface ModelCharts {
  readonly model: string;
  /** The baseline run's own values, on all of its rows; absent where there is none. */
  readonly baselineMetrics?: ReadonlyMap<string, Estimate>;
  /** One class each: the second of two, or of more the most frequent ones. None without probabilities. */
  readonly curves: readonly ClassCurves[];
  readonly confusion?: ConfusionMatrix;
  readonly regression?: RegressionCharts;
  /** Share of what the splits gained, largest first. */
  readonly importances: readonly { readonly feature: string; readonly share: number }[];
}

/** A point of a curve. */
export type Point = readonly [x: number, y: number];

/** One class against the others, the mean of the folds' curves. */
export interface ClassCurves {
  readonly class: string;
  /** Share of the rows that are of the class: the precision of a guess. */
  readonly share: number;
  readonly candidate: Curves;
  readonly baseline?: Curves;
}

export interface Curves {
  /** True positive rate by false positive rate. */
  readonly roc: readonly Point[];
  /** Precision by recall. */
  readonly precisionRecall: readonly Point[];
}

/** Rows by actual class (outer) and predicted class (inner), the mean over repeats. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
  /** Classes that are not shown: the rarest, where there are many. */
  readonly hidden: number;
}

export interface RegressionCharts {
  /** Edges of the bins on both axes; the outer bins hold what lies beyond. */
  readonly edges: readonly number[];
  /** Bins that have rows. */
  readonly cells: readonly { readonly predicted: number; readonly actual: number; readonly rows: number }[];
  readonly residuals: ResidualHistogram;
}

/** Shares of the rows by actual − predicted. */
export interface ResidualHistogram {
  readonly edges: readonly number[];
  readonly candidate: readonly number[];
  readonly baseline?: readonly number[];
}
