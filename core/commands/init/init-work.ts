import { z } from 'zod';
import { ConfigError } from '../../errors/app-error.ts';
import { renderProposal } from '../../report/proposal.ts';
import type { Outcome } from '../command.ts';
import { DEFAULT_CONFIG } from '../options.ts';
import type { CommandPorts } from '../ports.ts';
import { proposeProject } from './propose-project.ts';

export const result = z.strictObject({
  /** The project file that was written. */
  config: z.string(),
  table: z.string(),
  dataset: z.string(),
  rows: z.int(),
  columns: z.array(z.strictObject({ name: z.string(), kind: z.string() })),
  target: z.string(),
  task: z.enum(['regression', 'classification']),
  /** Empty for a regression. */
  classes: z.array(z.string()),
  metrics: z.array(z.string()),
  models: z.array(z.string()),
  gate: z.strictObject({ metric: z.string(), maxDrop: z.string() }),
});
type Result = z.infer<typeof result>;

/** Writes a first project file for a table. */
export async function run(
  { cwdFiles, projectFile }: CommandPorts,
  { table, target, force }: { readonly table: string; readonly target?: string | undefined; readonly force: boolean },
): Promise<Outcome<Result>> {
  const { path: config } = projectFile;
  if (!force && (await projectFile.read()) !== undefined) {
    throw new ConfigError({
      file: config,
      message: 'the file exists already',
      next: 'edit it, write another one with --config, or replace it with --force',
    });
  }
  const { text, warnings, columns, classes, metrics, models, ...found } = await proposeProject(cwdFiles, {
    path: table,
    target,
  });
  await projectFile.write(text);
  return {
    result: {
      config,
      table,
      ...found,
      columns: [...columns],
      classes: [...classes],
      metrics: [...metrics],
      models: [...models],
    },
    files: [config],
    warnings,
  };
}

export function terminal({ result: found, warnings }: Outcome<Result>): string {
  return renderProposal(found, warnings);
}

export function next({ result: { config } }: Outcome<Result>): string {
  return `mlops pipeline${config === DEFAULT_CONFIG ? '' : ` --config ${config}`}`;
}
