import { resolve } from 'node:path';
import { z } from 'zod';
import { explainModel } from '../../core/commands/explain/explain-model.ts';
import { createFolderRunStore } from '../../core/io/folder/folder-run-store.ts';
import { createProjectFiles } from '../../core/io/project-files.ts';
import { importanceTable, renderImportances } from '../../core/report/importances.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { defineTool } from '../tool.ts';

export const explain = defineTool({
  id: 'explain',
  summary: 'tell what a trained model needs: gain, permutation importance and SHAP values of its features',
  options: z.strictObject({
    model: z.string().min(1).describe('A file of models/, or a run: its id, the beginning of it, or `latest`.'),
    data: z
      .string()
      .min(1)
      .describe('The table to explain it on; of the table it was trained on, the test rows alone count.'),
    out: z.string().min(1).optional().describe('A CSV file to write, with all features.'),
    top: z.int().min(1).default(20).describe('Features to print.'),
    metric: z
      .string()
      .min(1)
      .optional()
      .describe('What permutation importance is measured in; default: the primary metric.'),
    repeats: z.int().min(1).max(1000).default(5).describe('Shuffles of each column.'),
    rows: z.int().min(1).default(200).describe('Most rows that SHAP values are computed for.'),
    seed: z.int().default(42).describe('Of the shuffles, and of the choice of rows.'),
  }),
  async run({ out, top, ...options }, { cwd, log }) {
    const files = createProjectFiles(cwd);
    const runs = createFolderRunStore(resolve(cwd, '.mlops'));
    const report = await explainModel({ files, runs, log }, options);
    if (out !== undefined) await files.write(out, writeCsv(importanceTable(report)));
    return {
      text: renderImportances(report, top),
      files: out === undefined ? [] : [out],
      importances: report.features,
    };
  },
});
