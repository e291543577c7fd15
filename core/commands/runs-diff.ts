import { z } from 'zod';
import { defineCommand } from './command.ts';
import { historyOptions, RUN_NAMES } from './options.ts';

export const runsDiff = defineCommand({
  id: 'runs diff',
  summary: 'show what differs between two runs',
  doors: ['cli'],
  arguments: ['before', 'after'],
  options: () =>
    z.strictObject({
      before: z.string().min(1).describe(RUN_NAMES),
      after: z.string().min(1).describe('Another run.'),
      ...historyOptions(),
    }),
  examples: [['mlops runs diff 0badc0de latest', 'what changed since a run; `mlops compare` adds standard errors']],
  load: () => import(/* webpackMode: "eager" */ './runs/diff-work.ts'),
});
