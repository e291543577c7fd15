import type { ColumnRole } from '../../dataset/columns.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { defaultModels } from '../../trainers/index.ts';
import { examineTable } from '../examine-table.ts';
import { readDatasetTable } from '../read-dataset-table.ts';
import { firstMetrics } from './first-gates.ts';
import { projectText } from './project-text.ts';
import type { ProposedProject } from './proposed-project.ts';

/**
 * A first `mlops.yml` for a table: how it is read, what its target is, the models and metrics that suit it, gates, and in
 * comments what was guessed and what the data check found.
 *
 * @throws DataError when the table or the target cannot be used; ConfigError when no target is named.
 */
export async function proposeProject(
  files: ProjectFiles,
  options: {
    readonly path: string;
    /** The table as the project file is to name it. */
    readonly inProject: string;
    readonly target: string | undefined;
  },
): Promise<ProposedProject> {
  const { path: file, inProject, target: name } = options;
  if (name === undefined) throw await noTarget(files, file);
  const facts = { reading: {}, target: name, task: null, posLabel: null };
  const { reading, target: found, ...examined } = await examineTable(files, file, facts, ABSENT);
  const target = found!;
  const task = target.type === 'continuous' ? 'regression' : 'classification';
  const proposed = {
    dataset: datasetId(file),
    ...examined,
    target: name,
    task,
    classes: target.classes,
    ...firstMetrics(target),
    models: defaultModels(task),
  } as const;
  const guessed = (title: string, role: ColumnRole) => {
    const names = examined.columns.filter(({ kind }) => kind === role).map((column) => `"${column.name}"`);
    return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
  };
  const comments = [...guessed('dates, as days', 'date'), ...guessed('categorical', 'categorical')];
  return { ...proposed, text: projectText({ path: inProject, reading, comments }, proposed) };
}

const ABSENT = { message: 'file not found', next: 'give the path of a table: mlops init data.csv --target column' };

async function noTarget(files: ProjectFiles, file: string): Promise<ConfigError> {
  const { table } = await readDatasetTable(files, file, {}, ABSENT);
  return new ConfigError({
    message: '`--target` is required: the column to predict',
    found: table.columns.map((column) => `"${column.name}"`).join(', '),
    next: `name a column: mlops init ${file} --target <column>`,
  });
}

/** The file's name as the name of a dataset: letters, digits, `_` and `-`. */
function datasetId(path: string): string {
  const base = path.split(/[\\/]/).at(-1)!.replace(/\..*$/, '');
  const id = base
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+/, '')
    .slice(0, 64);
  return id === '' ? 'data' : id;
}
