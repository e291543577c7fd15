import { z } from 'zod';
import { chooseRuns } from '../../core/commands/runs/choose-runs.ts';
import { ConfigError } from '../../core/errors/app-error.ts';
import { createProjectFiles } from '../../core/io/project-files.ts';
import { runTable } from '../../core/report/run-table.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { choiceOptions, FILTER_NOTES, historyOptions, openHistory, summariesOf } from '../run-history.ts';
import { defineTool } from '../tool.ts';

export const runsExport = defineTool({
  id: 'runs export',
  summary: 'write runs as a table, one a row',
  notes: FILTER_NOTES,
  examples: [
    ['mlops runs export --csv --out runs.csv', 'all runs, for a spreadsheet or a data frame'],
    ['mlops runs export --csv --filter "dataset = churn" --source branch', 'some of the branch, on standard output'],
  ],
  options: z.strictObject({
    csv: z.boolean().default(false).describe('As CSV.'),
    out: z.string().min(1).optional().describe('The file to write; default: standard output.'),
    ...choiceOptions.shape,
    ...historyOptions.shape,
  }),
  async run({ csv, out, filter, sort, ...options }, place) {
    if (!csv) {
      throw new ConfigError({
        place: 'mlops runs export',
        message: 'in which form is missing',
        allowed: '--csv',
        next: 'add it',
      });
    }
    const all = await summariesOf(await openHistory(options, place), place);
    const text = writeCsv(runTable(chooseRuns(all, { filter, sort })));
    if (out === undefined) return { text, files: [] };
    await createProjectFiles(place.cwd).write(out, text);
    return { text: `${out}\n`, files: [out] };
  },
});
