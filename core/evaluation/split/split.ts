import type { SplitPlan } from '../../dataset/split-plan.ts';
import type { Table } from '../../table/table.ts';

/** What splitting rows into folds needs to know of them. */
export interface SplitInput {
  readonly dataset: string;
  readonly file: string;
  readonly table: Table;
  readonly keys: Float64Array;
  readonly target: Float64Array;
  readonly nClasses: number;
  /** Columns whose equality makes rows equal: what models learn from, never an id. */
  readonly features: readonly string[];
  readonly plan: SplitPlan;
  /** Where the baseline's blocks of time began; they stay while they are of use. */
  readonly cuts: readonly number[] | null;
}
