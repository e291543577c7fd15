import { stringify } from 'yaml';
import { type ColumnRole, type ColumnRoles, columnRoles } from '../../dataset/columns.ts';
import { leakWarnings } from '../../dataset/leakage.ts';
import { readTarget } from '../../dataset/target.ts';
import { writtenNumbers } from '../../dataset/written-numbers.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { metrics } from '../../metrics/index.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import type { NumberFormat } from '../../table/number-format.ts';
import type { Table } from '../../table/table.ts';
import { defaultModels } from '../../trainers/index.ts';
import { readDatasetTable } from '../read-dataset-table.ts';

/** A first `mlops.yml` for a table, and what it is made of. */
export interface ProposedProject {
  /** The file, with what was guessed in comments. */
  readonly text: string;
  readonly dataset: string;
  readonly rows: number;
  readonly columns: ColumnRoles['roles'];
  readonly target: string;
  readonly task: 'regression' | 'classification';
  /** Empty for a regression. */
  readonly classes: readonly string[];
  readonly metrics: readonly string[];
  readonly models: readonly string[];
  /** The gate on the primary metric. */
  readonly gate: { readonly metric: string; readonly maxDrop: string };
  /** What was guessed, and features that give the target away. */
  readonly warnings: readonly string[];
}

/** The largest drop that the first gate allows. */
const FIRST_LIMIT = '2%';

/**
 * A first `mlops.yml` for a table: what its target is, the models and metrics that suit it, one gate, and in comments what
 * was guessed.
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
  const { path, inProject, target: name } = options;
  const { table, format } = await readAsWritten(files, path);
  if (name === undefined) {
    throw new ConfigError({
      message: '`--target` is required: the column to predict',
      found: table.columns.map((column) => `"${column.name}"`).join(', '),
      next: `name a column: mlops init ${path} --target <column>`,
    });
  }
  const target = readTarget(table, { file: path, target: name, task: null, posLabel: null });
  const { roles, features, notes } = columnRoles(table, { file: path, target: name, declared: {} });
  const task = target.type === 'continuous' ? 'regression' : 'classification';
  const suitable = metrics.all
    .filter(({ targetTypes, byDefault }) => byDefault && targetTypes.includes(target.type))
    .map(({ id }) => id);
  const proposed = {
    dataset: datasetId(path),
    rows: table.nRows,
    columns: roles,
    target: name,
    task,
    classes: target.classes,
    metrics: suitable,
    models: defaultModels(task),
    gate: { metric: suitable[0]!, maxDrop: FIRST_LIMIT },
    warnings: [...notes, ...leakWarnings(table, features, target, name)],
  } as const;
  return { ...proposed, text: projectText(inProject, format, proposed) };
}

function projectText(path: string, format: NumberFormat, proposed: Omit<ProposedProject, 'text'>): string {
  const { dataset, rows, columns, target, task, classes, metrics: suitable, models, gate, warnings } = proposed;
  const comments = [
    `${rows} rows, ${columns.length} columns; ${task}${classes.length > 0 ? ` of ${classes.join(', ')}` : ''}`,
    ...warnings,
    ...columnsLine('dates, as days', columns, 'date'),
    ...columnsLine('categorical', columns, 'categorical'),
  ];
  const written = {
    path,
    ...format,
    target,
    metrics: suitable,
    models,
    gates: { [gate.metric]: { max_drop: gate.maxDrop } },
  };
  return [
    '# Every key: https://github.com/org/mlops-action/blob/main/docs/reference.md',
    ...comments.map((line) => `# ${line.replace(/\s+/g, ' ')}`),
    stringify({ datasets: { [dataset]: written } }, { flowCollectionPadding: true, lineWidth: 120 }),
  ].join('\n');
}

function columnsLine(title: string, roles: ColumnRoles['roles'], role: ColumnRole): string[] {
  const names = roles.filter(({ kind }) => kind === role).map(({ name }) => `"${name}"`);
  return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
}

/** The table, its numbers read the way most of its text that looks like numbers is written. */
async function readAsWritten(files: ProjectFiles, path: string): Promise<{ table: Table; format: NumberFormat }> {
  const absent = {
    message: 'file not found',
    next: 'give the path of a table: mlops init data.csv --target column',
  };
  const { table } = await readDatasetTable(files, path, {}, absent);
  const formats = table.columns.flatMap((column) =>
    column.kind === 'categorical' ? (writtenNumbers(column) ?? []) : [],
  );
  const merged: NumberFormat = Object.assign({}, ...formats);
  const fits = formats.every((format) =>
    Object.entries(format).every(([key, mark]) => merged[key as keyof NumberFormat] === mark),
  );
  if (formats.length === 0 || !fits || merged.thousands === (merged.decimal ?? '.')) return { table, format: {} };
  return { table: (await readDatasetTable(files, path, merged, absent)).table, format: merged };
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
