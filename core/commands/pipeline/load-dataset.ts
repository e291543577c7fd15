import { expectedMetrics } from '../../comparison/expected-metrics.ts';
import { declaredRoles } from '../../config/columns-key.ts';
import { decisionAim } from '../../config/decision-aim.ts';
import { type ModelPlan, type PlannedModel, plannedModels } from '../../config/planned-models.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { alikeLabelWarnings } from '../../dataset/alike-labels.ts';
import { type ColumnRoles, columnRoles } from '../../dataset/columns.ts';
import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { leakWarnings } from '../../dataset/leakage.ts';
import { nearCopies, nearCopiesSentence } from '../../dataset/near-copies.ts';
import { rowsWithTarget } from '../../dataset/rows-with-target.ts';
import { type Slice, slicesOf } from '../../dataset/slices.ts';
import type { SplitPlan } from '../../dataset/split-plan.ts';
import type { Target } from '../../dataset/target.ts';
import { readTarget } from '../../dataset/target.ts';
import { ConfigError, DataError } from '../../errors/app-error.ts';
import { prepareEvaluationSet } from '../../evaluation/evaluation-set.ts';
import { metrics } from '../../metrics/index.ts';
import type { TableFiles } from '../../ports/project-files.ts';
import { createTable, type Table } from '../../table/table.ts';
import { tableWarnings } from '../../table/table-notes.ts';
import type { Task } from '../../table/task.ts';
import { trainers } from '../../trainers/index.ts';
import { readDatasetTable, readOptionsOf } from '../read-dataset-table.ts';

/** A dataset that has been read, with everything decided that depends on its table. */
export interface LoadedDataset {
  readonly config: DatasetConfig;
  readonly table: Table;
  readonly sha256: string;
  readonly target: Target;
  readonly task: Task;
  readonly columns: ColumnRoles;
  /** Metrics to compute, the primary one first. */
  readonly metrics: readonly string[];
  /** What the command trains of it. */
  readonly models: readonly PlannedModel[];
  readonly slices: readonly Slice[];
  /** How many rows of classes that the baseline does not know were left out. */
  readonly ofNewClasses?: number;
  /** What a person should know of the table: guesses, and features that give the target away. */
  readonly warnings: readonly string[];
}

/**
 * Reads the table of a dataset and checks it against what `mlops.yml` says of it.
 *
 * @throws DataError, ConfigError
 */
export async function loadDataset(
  config: DatasetConfig,
  plan: ModelPlan,
  { files }: { readonly files: TableFiles },
): Promise<LoadedDataset> {
  const { path: file } = config;
  const { table: read, sha256 } = await readDatasetTable(files, file, readOptionsOf(config), {
    message: `the table of ${config.id} does not exist`,
    next: config.generator
      ? 'run `mlops generate`'
      : 'correct "path" in mlops.yml; if the file is tracked by DVC, run `dvc pull`',
  });
  refuseOtherTable(config, sha256);
  const { table, notes } = rowsWithTarget(read, { target: config.target, policy: config.targetMissing });
  if (table.nRows < config.split.folds) {
    throw new DataError({
      file,
      message: `the table has ${table.nRows} rows, too few for ${config.split.folds} folds`,
      allowed: `at least ${config.split.folds} rows, better several hundred`,
    });
  }
  const target = readTarget(table, { file, target: config.target, task: config.task, posLabel: config.posLabel });
  const columns = columnRoles(table, {
    file,
    target: config.target,
    declared: declaredRoles(config.columns),
    split: config.split,
  });
  checkRule(config, target);
  refuseLimitsOnShares(config, target);
  const task = target.type === 'continuous' ? 'regression' : 'classification';
  return {
    config,
    table,
    sha256,
    target,
    task,
    columns,
    metrics: checkedMetrics(config, target),
    models: checkedModels(config, plan, task),
    slices: slicesOf(table, config.slices, file),
    warnings: [
      ...notes,
      ...tableWarnings(table.notes),
      ...columns.notes,
      ...alikeLabelWarnings(target, config.target),
      ...nearCopiesWarnings(table, columns.features, config.split),
      ...leakWarnings(table, columns.features, target, config.target),
    ],
  };
}

function refuseOtherTable({ id, path, sha256: wanted }: DatasetConfig, found: string): void {
  if (wanted === null || wanted === found) return;
  throw new DataError({
    file: path,
    message: `is not the table that datasets.${id}.sha256 of mlops.yml names`,
    found,
    allowed: wanted,
    next: 'fetch that table, or write the digest of this one into mlops.yml',
  });
}

/** Where groups or time part rows, those that resemble each other are meant to be there. */
function nearCopiesWarnings(
  table: Table,
  features: readonly string[],
  { group, time }: DatasetConfig['split'],
): string[] {
  const found = group === null && time === null ? nearCopies(table, features) : null;
  return found ? [`${nearCopiesSentence(found)}; \`split.group\` or \`split.time\` keeps them together`] : [];
}

/** The dataset with the metrics that suit its target, which may have other classes than its table. */
export function measuredBy(dataset: LoadedDataset): LoadedDataset {
  checkRule(dataset.config, dataset.target);
  return { ...dataset, metrics: checkedMetrics(dataset.config, dataset.target) };
}

function checkedMetrics(config: DatasetConfig, { type }: Target): readonly string[] {
  const fitting = metrics.all.flatMap(({ id, targetTypes }) => (targetTypes.includes(type) ? [id as string] : []));
  // Where metrics are listed, `mlops.yml` is refused with a gate on another one.
  const chosen = expectedMetrics(config, type);
  const wrong = chosen.filter((id) => !fitting.includes(id));
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

/** An error that is a share of a true value of 0 is beyond all measure, and so is its drop. */
function refuseLimitsOnShares({ id, gates, target: column }: DatasetConfig, { type, values }: Target): void {
  if (type !== 'continuous') return;
  const zeros = values.reduce((count, value) => count + Number(value === 0), 0);
  if (zeros === 0) return;
  const rules = [
    ...Object.entries(gates.byMetric).map(([metric, gate]) => ({ metric, gate, at: metric })),
    ...Object.entries(gates.bySlice).map(([metric, gate]) => ({ metric, gate, at: `slices.${metric}` })),
  ];
  const wrong = rules.filter(
    ({ metric, gate }) => gate.max_drop !== undefined && metrics.get(metric).dividesByTarget === true,
  );
  if (wrong.length === 0) return;
  throw new ConfigError(
    wrong.map(({ metric, at }) => ({
      place: `datasets.${id}.gates.${at}.max_drop`,
      message: `\`max_drop\` does not work for ${metric} where the target is 0: each such row counts about 10^15 times its error`,
      found: `target "${column}" is 0 in ${zeros} of ${values.length} rows`,
      allowed: `a limit on ${metric} where no target is 0`,
      next: 'set `max_drop` for mae or rmse instead',
    })),
  );
}

/** A threshold is for two classes, calibration for classes. */
function checkRule(config: DatasetConfig, { type }: Target): void {
  const { id, target: column } = config;
  const rule = decisionAim(config);
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

function checkedModels({ id: dataset, target }: DatasetConfig, plan: ModelPlan, task: Task): readonly PlannedModel[] {
  const planned = plannedModels(plan, dataset, task);
  const suitable = trainers.all.filter(({ tasks }) => tasks.includes(task)).map(({ id }) => id);
  const wrong = planned.filter(({ id }) => !suitable.includes(id));
  if (wrong.length === 0) return planned;
  throw new ConfigError(
    wrong.map(({ id }) => ({
      place: `datasets.${dataset}.models`,
      message: `model "${id}" does not support ${task}`,
      found: `target "${target}"`,
      allowed: suitable.join(', '),
    })),
  );
}

/** What an evaluation set takes over from the baseline, so that no row changes its fold. */
export interface Inherited {
  /** Where its blocks of time began. */
  readonly cuts: readonly number[] | null;
  /** nRows: its folds, where rows are recognised by their place alone. */
  readonly folds: Uint8Array | null;
  /** What became of rows with equal features. */
  readonly duplicates: SplitPlan['duplicates'] | null;
  /** What its models learned from; null where the table lacks one of these columns, or there is no baseline. */
  readonly features: readonly string[] | null;
  /** Names that the baseline has for columns of the table. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Whether equal rows are equal in what the baseline's models learned from; otherwise in what the dataset's own learn from. */
  readonly partsByFeatures: boolean;
}

export const NOTHING_INHERITED: Inherited = {
  ...{ cuts: null, folds: null, duplicates: null, features: null, partsByFeatures: false },
  renamed: new Map(),
};

/** The evaluation set of a dataset. */
export function evaluationSetOf(
  { config, table, target, columns }: LoadedDataset,
  keyColumns: readonly string[],
  { cuts, folds, duplicates, features, renamed, partsByFeatures }: Inherited,
): EvaluationSet {
  const { id: dataset, path: file, split } = config;
  const plan = { ...split, ...(duplicates && { duplicates }) };
  const named = (name: string) => renamed.get(name) ?? name;
  const known =
    renamed.size === 0 ? table : createTable(table.columns.map((column) => ({ ...column, name: named(column.name) })));
  const own = columns.features.map(named);
  return prepareEvaluationSet({
    ...{ dataset, file, table: known, target, keyColumns, plan, cuts, folds },
    ...{ features: own, baselineFeatures: features, foldFeatures: partsByFeatures ? features : own },
  });
}
