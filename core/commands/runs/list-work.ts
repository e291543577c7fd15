import { z } from 'zod';
import { plural } from '../../report/numbers.ts';
import { renderRunList } from '../../report/run-list.ts';
import { type Run, runSchema } from '../../tracking/run.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { type RunSummary, summaryOf } from '../../tracking/run-summary.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { type Choice, chooseRuns } from './choose-runs.ts';
import { type HistorySource, openHistory, summariesOf } from './open-history.ts';

export const result = z.strictObject({
  /** The first `limit` of them. */
  runs: z.array(runSchema),
  /** How many there are in all. */
  total: z.int(),
});
type Result = z.infer<typeof result>;

/** Runs that a filter lets through. */
export async function run(
  ports: CommandPorts,
  { limit, source, ...choice }: Choice & { readonly limit: number; readonly source: HistorySource },
): Promise<Outcome<Result>> {
  const store = await openHistory(ports, source);
  const all = await summariesOf(store, ports);
  const chosen = chooseRuns(all, choice);
  if (chosen.length === 0)
    ports.log.info(
      all.length === 0 ? `no runs in ${store.description}` : `none of ${plural(all.length, 'run')} matches the filter`,
    );
  const runs = await wholeRuns(store, chosen.slice(0, limit));
  return { result: { runs, total: chosen.length }, files: [], warnings: [] };
}

async function wholeRuns(store: RunStore, shown: readonly RunSummary[]): Promise<Run[]> {
  const { runs } = await store.list({ ids: new Set(shown.map(({ id }) => id)) });
  const byId = new Map(runs.map((each) => [each.id, each]));
  return shown.flatMap(({ id }) => byId.get(id) ?? []);
}

export function terminal({ result: { runs, total } }: Outcome<Result>): string {
  return renderRunList(runs.map(summaryOf), total);
}
