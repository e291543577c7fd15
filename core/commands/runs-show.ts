import { z } from 'zod';
import { defineCommand } from './command.ts';
import { historyOptions, RUN_NAMES } from './options.ts';

export const runsShow = defineCommand({
  id: 'runs show',
  summary: 'show everything about one run',
  doors: ['cli'],
  arguments: ['run'],
  options: () => z.strictObject({ run: z.string().min(1).describe(RUN_NAMES), ...historyOptions() }),
  examples: [
    ['mlops runs show latest:churn/random_forest', 'the newest run of a model'],
    ['mlops runs show 0badc0de', 'by the last eight digits of its id, or by its beginning'],
  ],
  load: () => import(/* webpackMode: "eager" */ './runs/show-work.ts'),
});
