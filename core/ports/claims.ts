import type { EvaluatedRun } from '../comparison/compare-models.ts';

/** What a leg trains: a dataset of the change, or of its base commit. */
export const SIDES = ['candidate', 'base'] as const;
export type Side = (typeof SIDES)[number];

/** What other jobs say they trained. Only their predictions are believed. */
export interface Claims {
  /**
   * The runs of the change, by dataset.
   *
   * @param datasets those that have to be trained.
   * @throws AppError where a leg did not report, or what lies there is not what it handed over.
   */
  of(datasets: readonly string[]): Promise<ReadonlyMap<string, readonly EvaluatedRun[]>>;
}
