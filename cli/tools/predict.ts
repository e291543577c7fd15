import { resolve } from 'node:path';
import { z } from 'zod';
import { predictTable } from '../../core/commands/predict/predict-table.ts';
import { createFolderRunStore } from '../../core/io/folder/folder-run-store.ts';
import { createProjectFiles } from '../../core/io/project-files.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { defineTool } from '../tool.ts';

export const predict = defineTool({
  id: 'predict',
  summary: 'predict the rows of a table with a trained model',
  options: z.strictObject({
    model: z.string().min(1).describe('A file of models/, or a run: its id, the beginning of it, or `latest`.'),
    data: z.string().min(1).describe('The table, in any form that training reads.'),
    out: z.string().min(1).optional().describe('The CSV file to write; default: standard output.'),
    explain: z
      .boolean()
      .default(false)
      .describe('Adds the SHAP values of each row, for models made of trees: `shap_base` and `shap_<feature>`.'),
  }),
  async run({ model, data, out, explain }, { cwd, log }) {
    const files = createProjectFiles(cwd);
    const runs = createFolderRunStore(resolve(cwd, '.mlops'));
    const text = writeCsv(await predictTable({ files, runs, log }, { model, data, explain }));
    if (out === undefined) return { text, files: [] };
    await files.write(out, text);
    return { text: `${out}\n`, files: [out] };
  },
});
