import type { Plugin } from '../registry/registry.ts';
import type { Run } from '../tracking/run.ts';

/** What a model may cost: judged by its ratio to the baseline's cost, and by a bound. */
export interface Budget extends Plugin {
  readonly unit: string;
  /** Null where it was not measured. */
  measure(run: Run): number | null;
  /**
   * Of a time: the seconds that one fit, or predicting all rows once, took; null where that was not measured. Absent of a cost that is
   * the same in every job.
   */
  timedSeconds?(run: Run): number | null;
}

export function defineBudget<const Id extends string>(
  budget: Budget & { readonly id: Id },
): Budget & { readonly id: Id } {
  return budget;
}
