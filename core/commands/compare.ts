import { z } from 'zod';
import { defineCommand } from './command.ts';
import { baselineOption, commonOptions, historyOptions, RUN_NAMES } from './options.ts';

export const compare = defineCommand({
  id: 'compare',
  summary: 'judge the runs of this commit against the baseline; or compare any two runs',
  doors: ['cli'],
  arguments: ['first', 'second'],
  options: () =>
    z.strictObject({
      first: z.string().min(1).optional().describe(`The baseline. ${RUN_NAMES}`),
      second: z.string().min(1).optional().describe('The candidate, a run as well.'),
      ...commonOptions(),
      baseline: baselineOption(),
      source: historyOptions().source,
    }),
  examples: [
    ['mlops compare', 'this commit with its baseline'],
    ['mlops compare --baseline v1.2', 'this commit with a tag'],
    ['mlops compare 0badc0de latest:churn/random_forest', 'two runs: metrics, their differences and standard errors'],
    ['mlops compare latest:churn/random_forest latest:churn/gradient_boosting', 'two models on the same rows'],
  ],
  load: () => import(/* webpackMode: "eager" */ './compare/compare-work.ts'),
});
