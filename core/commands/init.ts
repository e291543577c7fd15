import { stringify } from 'yaml';
import { ConfigError, DataError } from '../errors/app-error.ts';
import { type ColumnRoles, columnRoles } from '../evaluation/columns.ts';
import { readTarget } from '../evaluation/target.ts';
import { metrics } from '../metrics/index.ts';
import { models } from '../models/index.ts';
import { readTable } from '../table/read-table.ts';
import type { Ports } from './ports.ts';

/**
 * A first `mlops.yml` for a table: what its target is, the models and metrics that suit it, one gate, and in comments what
 * was guessed.
 *
 * @throws DataError when the table or the target cannot be used; ConfigError when no target is named.
 */
export async function proposeProject(
  { files }: Pick<Ports, 'files'>,
  options: { readonly path: string; readonly target: string | undefined },
): Promise<string> {
  const { path, target: name } = options;
  if (!(await files.exists(path))) {
    throw new DataError({
      file: path,
      message: 'there is no such file',
      next: 'give the path of a table: mlops init data.csv --target column',
    });
  }
  const table = await readTable(await files.read(path), { file: path });
  if (name === undefined) {
    throw new ConfigError({
      place: '--target',
      message: 'which column is to be predicted?',
      found: table.columns.map((column) => `"${column.name}"`).join(', '),
      next: `mlops init ${path} --target <column>`,
    });
  }
  const target = readTarget(table, { file: path, target: name, task: null, posLabel: null });
  const { roles, notes } = columnRoles(table, { file: path, target: name, declared: {} });
  const task = target.type === 'continuous' ? 'regression' : 'classification';
  const fitting = metrics.all.filter(({ targetTypes }) => targetTypes.includes(target.type)).map(({ id }) => id);
  const dataset = {
    path,
    target: name,
    metrics: fitting,
    models: models.all.filter(({ tasks }) => tasks.includes(task)).map(({ id }) => id),
    gates: { [fitting[0]!]: { max_drop: '2%' } },
  };
  const said = [
    `${table.nRows} rows, ${table.columns.length} columns; ${task}${target.classes.length > 0 ? ` of ${target.classes.join(', ')}` : ''}`,
    ...notes,
    ...categoricalLine(roles),
  ];
  return [
    '# Every key: https://github.com/org/mlops-action/blob/main/docs/reference.md',
    ...said.map((line) => `# ${line.replace(/\s+/g, ' ')}`),
    stringify({ datasets: { [datasetId(path)]: dataset } }, { flowCollectionPadding: true, lineWidth: 120 }),
  ].join('\n');
}

function categoricalLine(roles: ColumnRoles['roles']): string[] {
  const names = roles.filter(({ kind }) => kind === 'categorical').map(({ name }) => `"${name}"`);
  return names.length === 0 ? [] : [`categorical: ${names.join(', ')}`];
}

/** The file's name as the name of a data set: letters, digits, `_` and `-`. */
function datasetId(path: string): string {
  const base = path.split(/[\\/]/).at(-1)!.replace(/\..*$/, '');
  const id = base
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+/, '')
    .slice(0, 64);
  return id === '' ? 'data' : id;
}
