import { declaredRoles } from '../../config/columns-key.ts';
import { driftSettings, hasDriftGate } from '../../config/drift-settings.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { columnRoles } from '../../dataset/columns.ts';
import { driftGate } from '../../drift/drift-gate.ts';
import type { DatasetDrift } from '../../drift/drift-result.ts';
import { AppError } from '../../errors/app-error.ts';
import { problemSentence } from '../../errors/problem-sentence.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { isUnnamed } from '../../table/column-names.ts';
import { readDatasetTable, readOptionsOf } from '../read-dataset-table.ts';
import { compareTables, type NamedTable } from './compare-tables.ts';

/** A table by the path that a person gave, and where it is read. */
export interface GivenTable {
  readonly path: string;
  readonly files: ProjectFiles;
}

/** What a command may say over `mlops.yml`. */
export interface DriftOverrides {
  readonly reference?: GivenTable | undefined;
  readonly current?: GivenTable | undefined;
  /** The gate's largest share. */
  readonly share?: number | undefined;
  readonly columns?: readonly string[];
}

/**
 * Compares the newest table of a dataset with its reference, by the rules of this project.
 *
 * @throws DataError when a table is not there or cannot be compared; ConfigError as `driftSettings`.
 */
export async function datasetDrift(
  config: DatasetConfig,
  project: Pick<Project, 'drift' | 'datasets'>,
  files: ProjectFiles,
  { reference, current, share, columns = [] }: DriftOverrides = {},
): Promise<DatasetDrift> {
  const settings = driftSettings(config, project);
  const { gate } = settings;
  const rule = share === undefined ? gate : { maxShare: share, fail: true };
  const rules = { ...settings.rules, maxShare: rule?.maxShare ?? settings.rules.maxShare };
  const before = reference ?? { path: settings.reference, files };
  const after = current ?? (settings.current === null ? null : { path: settings.current, files });
  const found = { dataset: config.id, reference: before.path, current: after?.path ?? null };
  if (!after) return { ...found, drift: null, gate: rule && driftGate(config.id, null, rule) };
  const tables = { reference: await read(before, config), current: await read(after, config) };
  const drift = compareTables({
    ...tables,
    target: config.target,
    ignored: ignoredColumns(tables.reference, config),
    columns,
    rules,
  });
  return { ...found, drift, gate: rule && driftGate(config.id, drift, rule) };
}

/** What is known of the drift of some datasets. */
interface DriftOfDatasets {
  readonly drift: readonly DatasetDrift[];
  /** Why some drift is not known that nothing is judged by. */
  readonly warnings: readonly string[];
}

/**
 * The drift of datasets: of those whose gate is judged, and of those that are to be shown and have a second table.
 *
 * @throws as `datasetDrift`, where a gate is judged.
 */
export async function driftOfDatasets(
  datasets: { readonly judged: readonly DatasetConfig[]; readonly shown: readonly DatasetConfig[] },
  project: Pick<Project, 'drift' | 'datasets'>,
  { files }: { readonly files: ProjectFiles },
): Promise<DriftOfDatasets> {
  const drift: DatasetDrift[] = [];
  const warnings: string[] = [];
  const gated = datasets.judged.filter((config) => hasDriftGate(config, project));
  for (const config of gated) drift.push(await datasetDrift(config, project, files));
  for (const config of datasets.shown.filter(({ id }) => gated.every((other) => other.id !== id))) {
    try {
      const found = await datasetDrift(config, project, files);
      if (found.drift) drift.push({ ...found, gate: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      warnings.push(`drift of ${config.id} is not known: ${problemSentence(error)}`);
    }
  }
  return { drift, warnings };
}

async function read({ path, files }: GivenTable, config: DatasetConfig): Promise<NamedTable> {
  const { table } = await readDatasetTable(files, path, readOptionsOf(config), {
    message: 'the table does not exist',
    next: config.generator
      ? 'correct the path, or run `mlops generate`'
      : 'correct the path; if the file is tracked by DVC, run `dvc pull`',
  });
  return { file: path, table };
}

const WHY = {
  id: 'it identifies the row',
  ignore: '`columns` ignores it',
  group: 'the folds group by it',
  time: 'time moves on by itself',
} as const;

/** Columns whose values are new in every window, or that nothing learns from. */
function ignoredColumns({ file, table }: NamedTable, config: DatasetConfig): Map<string, string> {
  const { target, split } = config;
  const declared = declaredRoles(config.columns);
  const { roles } = columnRoles(table, { file, target, declared, split });
  return new Map(
    roles.flatMap(({ name, kind }) => {
      // A column without any value is ignored by itself; its values may have come since.
      if (kind === 'ignore' && !Object.hasOwn(declared, name)) return isUnnamed(name) ? [[name, 'it has no name']] : [];
      return kind in WHY ? [[name, WHY[kind as keyof typeof WHY]]] : [];
    }),
  );
}
