import { declaredRoles } from '../../config/columns-key.ts';
import { checkTable } from '../../data-check/check-table.ts';
import { type ColumnRole, columnRoles } from '../../dataset/columns.ts';
import { rowsWithTarget } from '../../dataset/rows-with-target.ts';
import { readTarget } from '../../dataset/target.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { tableWarnings } from '../../table/table-notes.ts';
import { defaultModels } from '../../trainers/index.ts';
import { firstMetrics } from './first-gates.ts';
import { projectText } from './project-text.ts';
import type { ProposedProject } from './proposed-project.ts';
import { readMended } from './read-mended.ts';

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
  const { table: read, reading, findings: mended } = await readMended(files, file, name);
  if (name === undefined) {
    throw new ConfigError({
      message: '`--target` is required: the column to predict',
      found: read.columns.map((column) => `"${column.name}"`).join(', '),
      next: `name a column: mlops init ${file} --target <column>`,
    });
  }
  const { table } = rowsWithTarget(read, { target: name, policy: reading.target_missing ?? 'error' });
  const target = readTarget(table, { file, target: name, task: null, posLabel: null });
  const declared = declaredRoles(reading.columns ?? {});
  const { roles, features, notes } = columnRoles(table, { file, target: name, declared });
  const task = target.type === 'continuous' ? 'regression' : 'classification';
  const found = checkTable({ file, table, roles, features, target: { ...target, name } });
  const told = new Set(mended.map(({ message }) => message));
  const findings = [...mended, ...found.filter(({ message, settings }) => !settings && !told.has(message))];
  const others = table.notes.filter(({ note }) => note !== 'almost_numeric');
  const proposed = {
    dataset: datasetId(file),
    rows: table.nRows,
    columns: roles,
    target: name,
    task,
    classes: target.classes,
    ...firstMetrics(target),
    models: defaultModels(task),
    findings,
    warnings: [...tableWarnings(others), ...notes],
  } as const;
  const guessed = (title: string, role: ColumnRole) => {
    const names = roles.filter(({ kind }) => kind === role).map((column) => `"${column.name}"`);
    return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
  };
  const comments = [...guessed('dates, as days', 'date'), ...guessed('categorical', 'categorical')];
  return { ...proposed, text: projectText({ path: inProject, reading, comments }, proposed) };
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
