import { z } from 'zod';
import { defineCommand } from './command.ts';
import { baselineOption, commonOptions } from './options.ts';

export const pipeline = defineCommand({
  id: 'pipeline',
  summary: 'run every step in order: generate, train, tune, drift, compare, report',
  doors: ['cli', 'action'],
  notes: () => [
    [
      'Tuning is a step where the project file says `tuning: { pipeline: true }`. It goes on with the studies in .mlops/tuning, and a study',
      'that is complete is not run again. What is judged are the parameters of the project file: `mlops tune --write` takes over better ones.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      ...commonOptions(),
      baseline: baselineOption(),
      tune: z
        .enum(['always', 'never'])
        .optional()
        .describe('Whether to tune after training. Default: as `tuning.pipeline` of the project file says.'),
    }),
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
      tune: true,
      judge: true,
    }),
});
