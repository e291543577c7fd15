import { z } from 'zod';
import { chooseRuns } from '../../core/commands/runs/choose-runs.ts';
import { plural } from '../../core/report/numbers.ts';
import { renderRunList } from '../../core/report/run-list.ts';
import type { Run } from '../../core/tracking/run.ts';
import type { RunStore } from '../../core/tracking/run-store.ts';
import type { RunSummary } from '../../core/tracking/run-summary.ts';
import { choiceOptions, FILTER_NOTES, historyOptions, openHistory, summariesOf } from '../run-history.ts';
import { defineTool } from '../tool.ts';

export const runsList = defineTool({
  id: 'runs list',
  summary: 'list runs, the newest first, or those that a filter lets through',
  notes: FILTER_NOTES,
  examples: [
    ['mlops runs list', 'the newest twenty'],
    [
      'mlops runs list --filter "dataset = churn and metrics.roc_auc > 0.8" --sort -metrics.roc_auc',
      'the best models of a data set',
    ],
    [
      'mlops runs list --filter "params.n_estimators >= 100 and created > 2026-01-01 and not dirty"',
      'by parameter and day, without uncommitted changes',
    ],
    [
      'mlops runs list --filter "model ~ forest or branch ~ feature/*" --limit 50',
      'by a part of the name, or a pattern',
    ],
    ['mlops runs list --source branch --json', 'what the default branch has recorded, for another program'],
  ],
  options: z.strictObject({
    ...choiceOptions.shape,
    limit: z.int().min(1).default(20).describe('Runs to show.'),
    ...historyOptions.shape,
  }),
  async run({ filter, sort, limit, ...options }, place) {
    const store = await openHistory(options, place);
    const all = await summariesOf(store, place);
    const chosen = chooseRuns(all, { filter, sort });
    if (chosen.length === 0)
      place.log.info(
        all.length === 0 ? `no runs in ${store.description}` : `none of ${plural(all.length, 'run')} is like that`,
      );
    const shown = chosen.slice(0, limit);
    return {
      text: renderRunList(shown, chosen.length),
      files: [],
      total: chosen.length,
      runs: () => wholeRuns(store, shown),
    };
  },
});

async function wholeRuns(store: RunStore, shown: readonly RunSummary[]): Promise<readonly Run[]> {
  const { runs } = await store.list({ ids: new Set(shown.map(({ id }) => id)) });
  const byId = new Map(runs.map((run) => [run.id, run]));
  return shown.flatMap(({ id }) => byId.get(id) ?? []);
}
