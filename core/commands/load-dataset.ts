import type { DatasetConfig } from '../config/project.ts';
import type { ModelConfig } from '../config/resolve-models.ts';
import { type ColumnRoles, columnRoles } from '../dataset/columns.ts';
import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import { leakWarnings } from '../dataset/leakage.ts';
import { type Slice, slicesOf } from '../dataset/slices.ts';
import type { Target } from '../dataset/target.ts';
import { readTarget } from '../dataset/target.ts';
import { ConfigError, DataError } from '../errors/app-error.ts';
import { prepareEvaluationSet } from '../evaluation/evaluation-set.ts';
import { metrics } from '../metrics/index.ts';
import type { Table } from '../table/table.ts';
import type { Task } from '../table/task.ts';
import { trainers } from '../trainers/index.ts';
import type { Ports } from './ports.ts';
import { readDatasetTable } from './read-dataset-table.ts';

/** A data set that has been read, with everything decided that depends on its table. */
export interface LoadedDataset {
  readonly config: DatasetConfig;
  readonly table: Table;
  readonly sha256: string;
  readonly target: Target;
  readonly task: Task;
  readonly columns: ColumnRoles;
  /** Metrics to compute, the primary one first. */
  readonly metrics: readonly string[];
  readonly models: readonly ModelConfig[];
  readonly slices: readonly Slice[];
  /** What a person should know of the table: guesses, and features that give the target away. */
  readonly warnings: readonly string[];
}

/**
 * Reads the table of a data set and checks it against what `mlops.yml` says of it.
 *
 * @throws DataError, ConfigError
 */
export async function loadDataset(config: DatasetConfig, { files }: Pick<Ports, 'files'>): Promise<LoadedDataset> {
  const { path: file } = config;
  const kinds = Object.fromEntries(
    Object.entries(config.columns).flatMap(([name, kind]) =>
      kind === 'ignore' ? [] : [[name, kind === 'id' ? ('categorical' as const) : kind]],
    ),
  );
  const { table, sha256 } = await readDatasetTable(
    files,
    file,
    { kinds, ...config.numbers, ...(config.delimiter !== null && { delimiter: config.delimiter }) },
    {
      message: `the table of ${config.id} is not there`,
      next: config.generator
        ? 'run `mlops generate`'
        : 'correct "path" in mlops.yml; if the file is tracked by DVC, run `dvc pull`',
    },
  );
  if (table.nRows < config.split.folds) {
    throw new DataError({
      file,
      message: `the table has ${table.nRows} rows, too few for ${config.split.folds} folds`,
      allowed: `at least ${config.split.folds} rows, better some hundreds`,
    });
  }
  const target = readTarget(table, { file, target: config.target, task: config.task, posLabel: config.posLabel });
  const columns = columnRoles(table, {
    file,
    target: config.target,
    declared: config.columns,
    split: config.split,
  });
  checkRule(config, target);
  const task = target.type === 'continuous' ? 'regression' : 'classification';
  return {
    config,
    table,
    sha256,
    target,
    task,
    columns,
    metrics: checkedMetrics(config, target),
    models: checkedModels(config, task),
    slices: slicesOf(table, config.slices, file),
    warnings: [...columns.notes, ...leakWarnings(table, columns.features, target, config.target)],
  };
}

function checkedMetrics(config: DatasetConfig, { type }: Target): readonly string[] {
  const suitable = metrics.all.filter(({ targetTypes }) => targetTypes.includes(type));
  const fitting = suitable.map(({ id }) => id as string);
  const defaults = suitable.filter(({ byDefault }) => byDefault).map(({ id }) => id);
  const gated = Object.keys({ ...config.gates.byMetric, ...config.gates.bySlice });
  // Where metrics are listed, `mlops.yml` is refused with a gate on another one.
  const chosen = config.metrics.length > 0 ? config.metrics : [...new Set([...defaults, ...gated])];
  const wrong = [...new Set([...chosen, ...gated])].filter((id) => !fitting.includes(id));
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map((id) => ({
        place: `datasets.${config.id}`,
        message: `metric ${id} does not suit a ${type} target`,
        found: `target "${config.target}"`,
        allowed: fitting.join(', '),
      })),
    );
  }
  return chosen;
}

/** A threshold is for two classes, calibration for classes. */
function checkRule({ id, rule, target: column }: DatasetConfig, { type }: Target): void {
  if (!rule || type === 'binary') return;
  const wrong = type === 'continuous' && rule.calibration ? 'calibration' : rule.threshold === 0.5 ? null : 'threshold';
  if (wrong === null) return;
  throw new ConfigError({
    place: `datasets.${id}.${wrong}`,
    message: `${wrong} does not suit a ${type} target`,
    found: `target "${column}"`,
    allowed: wrong === 'threshold' ? 'a target of two classes' : 'a classification',
    next: `remove "${wrong}"`,
  });
}

function checkedModels(config: DatasetConfig, task: Task): readonly ModelConfig[] {
  const fitting = trainers.all.filter(({ tasks }) => tasks.includes(task)).map(({ id }) => id);
  if (config.models.length === 0) return config.defaults.filter(({ id }) => fitting.includes(id));
  const wrong = config.models.filter(({ id }) => !fitting.includes(id));
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map(({ id }) => ({
        place: `datasets.${config.id}.models`,
        message: `model ${id} cannot do ${task}`,
        found: `target "${config.target}"`,
        allowed: fitting.join(', '),
      })),
    );
  }
  return config.models;
}

/** What an exam takes over from the baseline, so that no row changes its fold. */
export interface Inherited {
  /** Where its blocks of time began. */
  readonly cuts: readonly number[] | null;
  /** nRows: its folds, where rows are recognised by their place alone. */
  readonly folds: Uint8Array | null;
}

export const NOTHING_INHERITED: Inherited = { cuts: null, folds: null };

/** The exam of a data set. */
export function evaluationSetOf(
  { config, table, target }: LoadedDataset,
  keyColumns: readonly string[],
  inherited: Inherited,
): EvaluationSet {
  const { id: dataset, path: file, split: plan } = config;
  return prepareEvaluationSet({ dataset, file, table, target, keyColumns, plan, ...inherited });
}
