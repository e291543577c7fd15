import { z } from 'zod';
import { defineCommand } from './command.ts';
import { DEFAULT_CONFIG } from './options.ts';

export const init = defineCommand({
  id: 'init',
  summary: 'look at a table and write a first mlops.yml for it',
  doors: ['cli'],
  arguments: ['table'],
  options: () =>
    z
      .strictObject({
        table: z.string().min(1).optional().describe('The table, in any format that training reads.'),
        target: z.string().min(1).optional().describe('The column to predict.'),
        config: z.string().min(1).default(DEFAULT_CONFIG).describe('The project file to write.'),
        workflow: z
          .boolean()
          .default(false)
          .describe(
            'Write `.github/workflows/mlops.yml` too; without a table nothing else, for the project file that exists.',
          ),
        forks: z
          .boolean()
          .default(false)
          .describe(
            'With `--workflow`: write `.github/workflows/mlops-comment.yml` too, which comments on pull requests of forks. Read docs/forks.md first.',
          ),
        force: z.boolean().default(false).describe('Replace files that exist.'),
      })
      .refine(({ table, workflow }) => table !== undefined || workflow, {
        path: ['table'],
        when: ({ issues }) => issues.length === 0,
      })
      .refine(({ forks, workflow }) => workflow || !forks, {
        path: ['workflow'],
        when: ({ issues }) => issues.length === 0,
      }),
  examples: [
    ['mlops init data.csv --target price', 'CSV, JSON Lines or Parquet'],
    ['mlops init --workflow', 'the workflow that fits mlops.yml: one job, or three where a command trains'],
    ['mlops init --workflow --forks', 'and the second workflow, which comments on pull requests of forks'],
    ['mlops init data.csv', 'the columns of the table, to choose the target from'],
  ],
  load: () => import(/* webpackMode: "eager" */ './init/init-work.ts'),
});
