import { z } from 'zod';
import { defineCommand } from './command.ts';
import { choiceOptions, filterNotes, historyOptions } from './options.ts';

export const runsExport = defineCommand({
  id: 'runs export',
  summary: 'write runs as a table, one per row',
  doors: ['cli'],
  notes: filterNotes,
  options: () =>
    z.strictObject({
      csv: z.boolean().default(false).describe('Write CSV.'),
      out: z.string().min(1).optional().describe('The file to write. Default: standard output.'),
      ...choiceOptions(),
      ...historyOptions(),
    }),
  examples: [
    ['mlops runs export --csv --out runs.csv', 'all runs, for a spreadsheet or a data frame'],
    [
      'mlops runs export --csv --filter "dataset = churn" --source branch',
      'some runs of the branch, to standard output',
    ],
  ],
  load: () => import(/* webpackMode: "eager" */ './runs/export-work.ts'),
});
