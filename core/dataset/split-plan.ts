/** How rows are parted, as `split` in `mlops.yml` says. */
export interface SplitPlan {
  readonly folds: number;
  /** Column whose equal values stay in one fold. */
  readonly group: string | null;
  /** Column that orders rows: each fold is predicted by a model of earlier rows. */
  readonly time: string | null;
  /** Time left out between the rows learned from and those predicted: days of a date, else in the column's own unit. */
  readonly gap: number;
}
