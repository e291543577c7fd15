import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption, datasetOption } from './options.ts';

export const check = defineCommand({
  id: 'check',
  summary: 'look for what is wrong with a table: text among numbers, ids, copies, features that give the target away',
  doors: ['cli'],
  arguments: ['table'],
  notes: () => [
    [
      'A table of a dataset is read as mlops.yml says; that holds for its table, its parts and the tables of its drift.',
      'Findings are advice: the exit code is 0. A table or target that cannot be read is an error, with exit code 2.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      table: z
        .string()
        .min(1)
        .optional()
        .describe('The table, in any format that training reads. Default: the tables of all datasets.'),
      target: z.string().min(1).optional().describe('The column to predict. Default: the target of the dataset.'),
      config: configOption(),
      dataset: datasetOption(),
    }),
  examples: [
    ['mlops check', 'the tables of all datasets'],
    ['mlops check data/june.csv --dataset churn', 'a new table of a dataset'],
    ['mlops check data.csv --target price', 'any table, without a project file'],
  ],
  load: () => import(/* webpackMode: "eager" */ './check/check-work.ts'),
});
