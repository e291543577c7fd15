import { compareModels, type EvaluatedRun } from './compare-models.ts';

/**
 * How large the noise of a change was, by metric: the standard error of the difference from the run before, row by row. Of metrics that did
 * not move there is nothing to learn.
 */
export function comparisonErrors(
  before: EvaluatedRun,
  after: EvaluatedRun,
  metricIds: readonly string[],
): ReadonlyMap<string, number> {
  const { differences } = compareModels(before, after, metricIds);
  return new Map(
    [...differences].flatMap(([id, { parts, standardError }]) =>
      parts && standardError !== null && standardError > 0 ? [[id, standardError] as const] : [],
    ),
  );
}
