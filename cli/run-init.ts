import { proposeProject } from '../core/commands/init.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { createProjectFiles } from '../core/io/project-files.ts';

/** Writes a first project file for a table, beside nothing that is there already. Returns the paths written. */
export async function runInit(options: Readonly<Record<string, unknown>>, cwd: string): Promise<string[]> {
  const { table, target, config, force } = options as {
    table: string;
    target?: string;
    config: string;
    force?: boolean;
  };
  const files = createProjectFiles(cwd);
  if (!force && (await files.exists(config))) {
    throw new ConfigError({
      file: config,
      message: 'is there already',
      next: 'edit it, write another with --config, or replace it with --force',
    });
  }
  await files.write(config, await proposeProject({ files }, { path: table, target }));
  return [config];
}
