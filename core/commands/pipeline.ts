import { z } from 'zod';
import { defineCommand } from './command.ts';
import { baselineOption, commonOptions } from './options.ts';

export const pipeline = defineCommand({
  id: 'pipeline',
  summary: 'run every step in order: generate, train, compare, report',
  doors: ['cli', 'action'],
  options: () => z.strictObject({ ...commonOptions(), baseline: baselineOption() }),
  examples: [
    ['mlops pipeline', 'train and judge everything'],
    ['mlops pipeline --set models.random_forest.n_estimators=300', 'try another value without editing mlops.yml'],
    ['mlops pipeline --baseline v1.2', 'compare with a tag, a branch or a commit'],
    ['mlops pipeline --json | jq .result.verdict', 'the verdict, for another program'],
  ],
  load: async () =>
    (await import(/* webpackMode: "eager" */ './pipeline/pipeline-work.ts')).pipelineWork('pipeline', {
      generate: true,
      train: true,
      judge: true,
    }),
});
