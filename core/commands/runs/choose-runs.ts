import { metrics } from '../../metrics/index.ts';
import { nameChecker } from '../../tracking/filter/fields.ts';
import { matcherOf } from '../../tracking/filter/match-filter.ts';
import { parseFilter } from '../../tracking/filter/parse-filter.ts';
import { parseSort, sortRuns } from '../../tracking/filter/sort-runs.ts';
import type { RunSummary } from '../../tracking/run-summary.ts';

/** What chooses among runs; left out: all of them, as they are. */
export interface Choice {
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
}

/**
 * The runs that a filter lets through, in the order asked for; without one in the order given.
 *
 * @throws ConfigError for a filter or an order that cannot be read, or asks for what no run has.
 */
export function chooseRuns(runs: readonly RunSummary[], { filter, sort }: Choice): readonly RunSummary[] {
  const checkField = nameChecker(runs, metrics.ids);
  const chosen = filter === undefined ? runs : runs.filter(matcherOf(parseFilter(filter, checkField)));
  if (sort === undefined) return chosen;
  const keys = parseSort(sort);
  for (const { field } of keys) checkField(field, '--sort');
  return sortRuns(chosen, keys);
}
