import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption, datasetOption, setOption } from './options.ts';

export const drift = defineCommand({
  id: 'drift',
  summary: 'compare the newest table of a dataset with its reference: which columns drifted',
  doors: ['cli', 'action'],
  notes: () => [
    [
      'A column drifted when its values moved far enough, and chance alone would move a column of one dataset in a hundred that far.',
      'The same holds for its share of missing values. `drift: { max_share: 0.3 }` in the project file makes it a gate.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      config: configOption(),
      dataset: datasetOption(),
      set: setOption(),
      reference: z
        .string()
        .min(1)
        .optional()
        .describe('The table to compare with. With `current` also given, no project file is needed.'),
      current: z.string().min(1).optional().describe('The table that may have drifted.'),
      target: z.string().min(1).optional().describe('The target, of tables that belong to no dataset.'),
      column: z.array(z.string().min(1)).default([]).describe('Limit to this column.'),
      share: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('Fail when a larger share of columns drifted. Default: `drift.max_share` of the project file.'),
      out: z
        .string()
        .min(1)
        .optional()
        .describe('Folder to write `drift.json` and `drift.md` to. Default: `reports` of the project.'),
    }),
  examples: [
    ['mlops drift', 'every dataset that has a second window'],
    ['mlops drift --dataset churn --current data/june.csv', 'a new table beside the one that models learn from'],
    ['mlops drift --reference may.csv --current june.csv --share 0.3', 'any two tables, without a project file'],
  ],
  load: () => import(/* webpackMode: "eager" */ './drift/drift-work.ts'),
});
