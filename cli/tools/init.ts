import { z } from 'zod';
import { proposeProject } from '../../core/commands/init/propose-project.ts';
import { ConfigError } from '../../core/errors/app-error.ts';
import { createProjectFiles } from '../../core/io/project-files.ts';
import { defineTool } from '../tool.ts';

export const init = defineTool({
  id: 'init',
  summary: 'look at a table and write a first mlops.yml for it',
  arguments: ['table'],
  options: z.strictObject({
    table: z.string().min(1).describe('The table, in any form that training reads.'),
    target: z.string().optional().describe('The column to predict.'),
    config: z.string().min(1).default('mlops.yml').describe('The project file to write.'),
    force: z.boolean().default(false).describe('Replaces a project file that is there.'),
  }),
  async run({ table, target, config, force }, { cwd }) {
    const files = createProjectFiles(cwd);
    if (!force && (await files.exists(config))) {
      throw new ConfigError({
        file: config,
        message: 'is there already',
        next: 'edit it, write another with --config, or replace it with --force',
      });
    }
    await files.write(config, await proposeProject({ files }, { path: table, target }));
    return { text: `${config}\n`, files: [config] };
  },
});
