import type { Plugin } from '../registry/registry.ts';
import type { FoldTimes, Run } from '../tracking/run.ts';

/** What a model may cost: judged by its ratio to the baseline's cost, and by a bound. */
export interface Budget extends Plugin {
  readonly unit: string;
  /** Null where it was not measured. */
  measure(run: Run): number | null;
  /** How it is timed; absent of a cost that is the same in every job. */
  readonly time?: Timing;
}

/** A cost that is a time. */
export interface Timing {
  /** The seconds that one fit, or predicting all rows once, took; null where that was not measured. */
  seconds(run: Run): number | null;
  /** The seconds of it in one fold. */
  secondsOfFold(times: FoldTimes): number;
  /** The cost in one fold, in the budget's unit. */
  costOfFold(times: FoldTimes): number;
  /** Whether a whole is all folds together; otherwise each of them is one. */
  readonly addsUp: boolean;
}

export function defineBudget<const Id extends string>(
  budget: Budget & { readonly id: Id },
): Budget & { readonly id: Id } {
  return budget;
}
