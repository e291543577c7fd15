import { z } from 'zod';
import { defineCommand } from './command.ts';
import { choiceOptions, filterNotes, historyOptions } from './options.ts';

export const runsList = defineCommand({
  id: 'runs list',
  summary: 'list runs, newest first; filter and sort them',
  doors: ['cli'],
  notes: filterNotes,
  options: () =>
    z.strictObject({
      ...choiceOptions(),
      limit: z.int().min(1).default(20).describe('Number of runs to show.'),
      ...historyOptions(),
    }),
  examples: [
    ['mlops runs list', 'the newest twenty'],
    [
      'mlops runs list --filter "dataset = churn and metrics.roc_auc > 0.8" --sort -metrics.roc_auc',
      'the best models of a dataset',
    ],
    [
      'mlops runs list --filter "params.n_estimators >= 100 and created > 2026-01-01 and not dirty"',
      'by parameter and day, without uncommitted changes',
    ],
    ['mlops runs list --filter "model ~ forest or branch ~ feature/*" --limit 50', 'by part of a name, or a pattern'],
    ['mlops runs list --source branch --json', 'what the default branch has recorded, for another program'],
  ],
  load: () => import(/* webpackMode: "eager" */ './runs/list-work.ts'),
});
