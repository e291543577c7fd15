import { z } from 'zod';
import { defineCommand } from './command.ts';
import { commonOptions } from './options.ts';

export const train = defineCommand({
  id: 'train',
  summary: 'train and evaluate every model, and record the runs',
  doors: ['cli', 'action'],
  options: () => z.strictObject(commonOptions()),
  examples: [
    ['mlops train', 'every model of every dataset'],
    ['mlops train --dataset churn --model random_forest --threads 2', 'one model of one dataset, on two threads'],
  ],
  load: async () =>
    (await import(/* webpackMode: "eager" */ './pipeline/pipeline-work.ts')).pipelineWork('train', {
      generate: false,
      train: true,
      tune: false,
      judge: false,
    }),
});
