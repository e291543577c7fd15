import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption, datasetOption, setOption, threadsOption } from './options.ts';

/** The ids of the registries, which a start of the command line does not load; a test compares them. */
export const SAMPLERS = ['tpe', 'random', 'grid', 'qmc'] as const;
export const PRUNERS = ['median', 'percentile', 'successive_halving', 'hyperband', 'patient', 'none'] as const;

export const tune = defineCommand({
  id: 'tune',
  summary: 'search better parameters of models, and judge what was found on rows that the search has not seen',
  doors: ['cli', 'action'],
  notes: () => [
    [
      'The search sees folds 1 to 4 alone. What it finds is compared once with the current parameters on fold 0, and only what is',
      'better there (p < .10) is written. A study is kept in .mlops/tuning, in the format of Optuna: running the command again goes on',
      'with it. Ctrl-C keeps the trials that have ended.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      config: configOption(),
      dataset: datasetOption(),
      model: z.array(z.string().min(1)).default([]).describe('Limit to this model.'),
      set: setOption(),
      threads: threadsOption(),
      trials: z.int().min(1).max(100_000).optional().describe('Number of trials in all. Default: `tuning.trials`.'),
      sampler: z.enum(SAMPLERS).optional().describe('How to choose parameters. Default: `tuning.sampler`.'),
      pruner: z.enum(PRUNERS).optional().describe('When to stop a trial early. Default: `tuning.pruner`.'),
      timeout: z
        .int()
        .min(1)
        .max(604_800)
        .optional()
        .describe('Seconds after which each study ends with the trials it has. Default: `tuning.timeout`.'),
      write: z
        .boolean()
        .default(false)
        .describe('Write parameters that are better into the project file; comments and order stay.'),
    }),
  examples: [
    ['mlops tune --dataset churn --model random_forest', 'fifty trials, as `tuning.trials` says'],
    ['mlops tune --dataset churn --model random_forest --trials 200', 'go on to two hundred'],
    [
      'mlops tune --dataset churn --timeout 600 --write',
      'ten minutes for each model, and write what is better into mlops.yml',
    ],
  ],
  load: () => import(/* webpackMode: "eager" */ './tune/tune-work.ts'),
});
