import { z } from 'zod';
import { parseProject } from '../../config/parse.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { renderProposal } from '../../report/proposal.ts';
import type { Outcome } from '../command.ts';
import { DEFAULT_CONFIG } from '../options.ts';
import type { CommandPorts } from '../ports.ts';
import { readProject } from '../read-project.ts';
import { tableFinding } from '../table-finding.ts';
import { ignoring, WRITTEN_FOLDERS } from './git-ignore.ts';
import { proposeProject } from './propose-project.ts';
import { type WrittenWorkflow, writeWorkflow } from './write-workflow.ts';

const workflowSchema = z.strictObject({
  /** From the root of the repository. */
  path: z.string(),
  jobs: z.enum(['one', 'three']),
  /** The second workflow, which comments on pull requests of forks; null: none was asked for. */
  comment: z.string().nullable(),
});
const proposedSchema = z.strictObject({
  wrote: z.literal('project'),
  /** The project file that was written. Paths are relative to its folder. */
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
  gates: z.array(z.strictObject({ metric: z.string(), maxDrop: z.string() })),
  /** What the data check found, and what to do; null: `mlops.yml` does it. */
  findings: z.array(tableFinding),
  /** Lines that were added to the `.gitignore` of the project's folder. */
  ignored: z.array(z.string()),
  /** The workflow that was written; null: none was asked for. */
  workflow: workflowSchema.nullable(),
});
export const result = z.discriminatedUnion('wrote', [
  proposedSchema,
  z.strictObject({ wrote: z.literal('workflow'), config: z.string(), workflow: workflowSchema }),
]);
type Result = z.infer<typeof result>;

interface Options {
  readonly table?: string | undefined;
  readonly target?: string | undefined;
  readonly workflow: boolean;
  readonly forks: boolean;
  readonly force: boolean;
}

const IGNORE_FILE = '.gitignore';

/** Writes a first project file for a table, and the workflow for it; without a table only that. */
export async function run(ports: CommandPorts, options: Options): Promise<Outcome<Result>> {
  const { table } = options;
  if (table !== undefined) return propose(ports, { ...options, table });
  const { project, warnings } = await readProject(ports);
  const workflow = await writeWorkflow(ports, project, options);
  return {
    result: { wrote: 'workflow', config: ports.projectFile.path, workflow },
    files: pathsOf(workflow),
    warnings,
  };
}

async function propose(
  ports: CommandPorts,
  { table, target, force, forks, workflow: isAsked }: Options & { readonly table: string },
): Promise<Outcome<Result>> {
  const { cwdFiles, projectFile, files, change } = ports;
  const { path: config } = projectFile;
  if (!force && (await projectFile.read()) !== undefined) {
    throw new ConfigError({
      file: config,
      message: 'the file exists already',
      next: 'edit it, write another one with --config, or replace it with --force',
    });
  }
  const { text, warnings, columns, classes, metrics, models, gates, findings, ...found } = await proposeProject(
    cwdFiles,
    {
      path: table,
      inProject: projectFile.named(table),
      target,
    },
  );
  const workflow = isAsked ? await writeWorkflow(ports, parseProject(text, config), { force, forks }) : null;
  await projectFile.write(text);
  const ignored = await ignoreWritten(files, change);
  return {
    result: {
      wrote: 'project',
      config,
      table,
      ...found,
      columns: [...columns],
      classes: [...classes],
      metrics: [...metrics],
      models: [...models],
      gates: gates.map((gate) => ({ ...gate })),
      findings: findings.map(({ check, columns: about, message, next: advice }) => ({
        check,
        columns: [...about],
        message,
        next: advice,
      })),
      ignored: [...ignored],
      workflow,
    },
    files: [
      config,
      ...(ignored.length > 0 ? [besides(config, IGNORE_FILE)] : []),
      ...(workflow ? pathsOf(workflow) : []),
    ],
    warnings,
  };
}

/** Where there is a repository, what commands write is kept out of it. */
async function ignoreWritten(
  files: ProjectFiles,
  { commits }: Pick<CommandPorts['change'], 'commits'>,
): Promise<readonly string[]> {
  const { kind } = await commits.checkedOut();
  if (kind !== 'commit' && kind !== 'no_commit') return [];
  const before = (await files.exists(IGNORE_FILE))
    ? new TextDecoder().decode(await files.read(IGNORE_FILE))
    : undefined;
  const { text, added } = ignoring(before, WRITTEN_FOLDERS);
  if (added.length > 0) await files.write(IGNORE_FILE, text);
  return added;
}

function pathsOf({ path, comment }: WrittenWorkflow): readonly string[] {
  return comment === null ? [path] : [path, comment];
}

/** A file in the folder of another. */
function besides(path: string, name: string): string {
  return path.replace(/[^\\/]*$/, name);
}

export function terminal({ result: found, warnings }: Outcome<Result>): string {
  const { workflow } = found;
  const written = workflow
    ? `wrote ${workflow.path}, with ${workflow.jobs === 'one' ? 'one job' : THREE}\n${commentLine(workflow)}`
    : '';
  return found.wrote === 'project' ? `${renderProposal(found, warnings)}${written}` : written;
}

function commentLine({ comment }: WrittenWorkflow): string {
  if (comment === null) return '';
  return `wrote ${comment}; it has rights on your repository, so read docs/forks.md before you merge it\n`;
}

const THREE = 'three jobs, since a command trains; docs/three-jobs.md says what else it can be given';

export function next({ result: { config } }: Outcome<Result>): string {
  return `mlops pipeline${config === DEFAULT_CONFIG ? '' : ` --config ${config}`}`;
}
