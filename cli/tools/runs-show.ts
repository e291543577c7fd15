import { resolve } from 'node:path';
import { z } from 'zod';
import { readRun } from '../../core/commands/runs/read-run.ts';
import { runLocationsOf } from '../../core/commands/runs/run-locations.ts';
import { createFolderEvidenceStore } from '../../core/io/folder/folder-evidence-store.ts';
import { createProjectFiles } from '../../core/io/project-files.ts';
import { renderRunPage } from '../../core/report/run-page.ts';
import { historyOptions, openHistory, projectRoot, RUN_NAMES } from '../run-history.ts';
import { defineTool } from '../tool.ts';

export const runsShow = defineTool({
  id: 'runs show',
  summary: 'show everything about one run',
  arguments: ['run'],
  examples: [
    ['mlops runs show latest:churn/random_forest', 'the newest run of a model'],
    ['mlops runs show 0badc0de', 'by the last eight digits of its id, or by its beginning'],
  ],
  options: z.strictObject({ run: z.string().min(1).describe(RUN_NAMES), ...historyOptions.shape }),
  async run({ run: name, ...options }, place) {
    const run = await readRun(await openHistory(options, place), name, { place: 'mlops runs show' });
    const root = projectRoot(options, place);
    const locations = await runLocationsOf(run, {
      files: createProjectFiles(root),
      evidence: createFolderEvidenceStore(resolve(root, '.mlops')),
      evidenceFolder: '.mlops',
    });
    return { text: renderRunPage(run, locations), files: [], runs: [run] };
  },
});
