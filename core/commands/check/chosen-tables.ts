import { driftSettings } from '../../config/drift-settings.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import type { TableFacts } from '../examine-table.ts';
import { checkNames } from '../pipeline/check-names.ts';
import type { CommandPorts } from '../ports.ts';
import { readingOf } from '../read-mended.ts';
import { readProject, readProjectIfThere } from '../read-project.ts';

/** A table to check, and what is known of it. */
export interface ChosenTable {
  /** Null: it belongs to none. */
  readonly dataset: string | null;
  readonly files: ProjectFiles;
  readonly path: string;
  readonly facts: TableFacts;
  readonly absent: { readonly message: string; readonly next: string };
}

interface Options {
  readonly table?: string | undefined;
  readonly target?: string | undefined;
  readonly dataset: readonly string[];
}

/**
 * The table that was named, as each dataset reads it that it belongs to; without one, the tables of all datasets.
 *
 * @throws ConfigError when there is no project file and no table, or no such dataset.
 */
export async function chosenTables(ports: CommandPorts, options: Options): Promise<readonly ChosenTable[]> {
  const { files, cwdFiles, projectFile } = ports;
  const { table, target, dataset } = options;
  const isNeeded = table === undefined || dataset.length > 0;
  const project = isNeeded ? (await readProject(ports)).project : await readProjectIfThere(ports);
  if (project) checkNames(project, { dataset, model: [] }, projectFile.path);
  const named = (project?.datasets ?? []).filter(({ id }) => dataset.length === 0 || dataset.includes(id));
  if (table === undefined) {
    refuseOneTarget(named, target);
    return named.map((config) => ({
      ...ofDataset(config, target),
      files,
      path: config.path,
      absent: {
        message: `the table of ${config.id} does not exist`,
        next: config.generator ? 'run `mlops generate`' : `correct "path" in ${projectFile.path}`,
      },
    }));
  }
  const given = { files: cwdFiles, path: table, absent: { message: 'file not found', next: 'correct the path' } };
  const owners = dataset.length > 0 ? named : await datasetsOf(projectFile.named(table), project, files);
  if (owners.length > 0) return owners.map((config) => ({ ...ofDataset(config, target), ...given }));
  const facts = { reading: {}, target: target ?? null, task: null, posLabel: null };
  return [{ dataset: null, facts, ...given }];
}

/** What `mlops.yml` knows of a table; of another target it knows neither task nor positive class. */
function ofDataset(config: DatasetConfig, target = config.target): Pick<ChosenTable, 'dataset' | 'facts'> {
  const { id, split, task, posLabel } = config;
  const isOwn = target === config.target;
  return {
    dataset: id,
    facts: {
      reading: readingOf(config),
      target,
      task: isOwn ? task : null,
      posLabel: isOwn ? posLabel : null,
      split,
    },
  };
}

/** The datasets that learn from a table, or look at it for drift. */
async function datasetsOf(
  path: string,
  project: Project | null,
  files: ProjectFiles,
): Promise<readonly DatasetConfig[]> {
  const owners: DatasetConfig[] = [];
  for (const config of project?.datasets ?? []) {
    const { reference, current } = driftSettings(config, project!);
    const patterns = [config.path, reference, ...(current === null ? [] : [current])];
    const found = [...patterns, ...(await Promise.all(patterns.map((pattern) => files.list(pattern)))).flat()];
    if (found.some((each) => plain(each) === plain(path))) owners.push(config);
  }
  return owners;
}

function plain(path: string): string {
  return path.replace(/^\.\//, '');
}

function refuseOneTarget(datasets: readonly DatasetConfig[], target: string | undefined): void {
  if (target === undefined || datasets.length === 1) return;
  throw new ConfigError({
    place: 'target',
    message: `belongs to one table, and those of ${datasets.length} datasets are to be checked`,
    allowed: datasets.map(({ id }) => id).join(', '),
    next: 'name a table, or one of these datasets with `dataset`',
  });
}
