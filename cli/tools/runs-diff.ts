import { z } from 'zod';
import { readRun } from '../../core/commands/runs/read-run.ts';
import { renderRunDiff } from '../../core/report/run-diff.ts';
import { diffRuns } from '../../core/tracking/diff-runs.ts';
import { historyOptions, openHistory, RUN_NAMES } from '../run-history.ts';
import { defineTool } from '../tool.ts';

export const runsDiff = defineTool({
  id: 'runs diff',
  summary: 'show what differs between two runs, and only that',
  arguments: ['before', 'after'],
  examples: [['mlops runs diff 0badc0de latest', 'what changed since a run; mlops compare tells how sure it is']],
  options: z.strictObject({
    before: z.string().min(1).describe(RUN_NAMES),
    after: z.string().min(1).describe('Another one.'),
    ...historyOptions.shape,
  }),
  async run({ before, after, ...options }, place) {
    const store = await openHistory(options, place);
    const left = await readRun(store, before, { place: 'mlops runs diff' });
    const right = await readRun(store, after, { place: 'mlops runs diff' });
    const differences = diffRuns(left, right);
    return { text: renderRunDiff(left, right, differences), files: [], runs: [left, right], differences };
  },
});
