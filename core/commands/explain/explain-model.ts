import { knownTarget } from '../../dataset/known-target.ts';
import type { Target } from '../../dataset/target.ts';
import { ConfigError, DataError } from '../../errors/app-error.ts';
import { prepareEvaluationSet, testRowsOf } from '../../evaluation/evaluation-set.ts';
import { explainInBlocks } from '../../evaluation/explanation/explain-in-blocks.ts';
import type { FeatureImportance, ModelImportances } from '../../evaluation/explanation/feature-importance.ts';
import { permutationImportance } from '../../evaluation/explanation/permutation-importance.ts';
import { createShapSummary } from '../../evaluation/explanation/shap-summary.ts';
import { recordedFeatures, recordedPlan } from '../../evaluation/split/recorded-plan.ts';
import { rowsId } from '../../evidence/evidence-codec.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { metrics } from '../../metrics/index.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { Log } from '../../ports/log.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { createRandom } from '../../random/random.ts';
import { count, plural } from '../../report/numbers.ts';
import type { Table } from '../../table/table.ts';
import type { TargetType } from '../../table/task.ts';
import type { Run } from '../../tracking/run.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { type KeptModel, readKeptModel } from '../models/kept-model.ts';
import { readRowsForModel } from '../models/rows-for-model.ts';

export interface ExplainOptions {
  readonly model: string;
  readonly data: string;
  /** Default: the run's primary metric, else the first that suits the target. */
  readonly metric?: string | undefined;
  /** Shuffles per column. */
  readonly repeats: number;
  /** Most rows that SHAP values are computed for. */
  readonly rows: number;
  readonly seed: number;
}

/**
 * What a model needs, told three ways: what its splits gained in training, how much worse it gets without a column, and
 * how far each feature moves its output. Where the table is the one the model was trained on, its test rows alone count.
 *
 * @throws DataError, StoreError as `predictTable` does; ConfigError for a metric that does not suit the target, and when
 * nothing can be told.
 */
export async function explainModel(
  world: { readonly files: ProjectFiles; readonly runs: RunStore; readonly log: Log },
  options: ExplainOptions,
): Promise<ModelImportances> {
  const kept = await readKeptModel(world.files, world.runs, options.model);
  const { model, signature, sha256 } = kept;
  const run = (await world.runs.list()).runs.find(({ modelSha256 }) => modelSha256 === sha256);
  const metric = chooseMetric(kept, run, options.metric);
  const table = await readRowsForModel(world, kept, options.data);
  const target = knownTarget(table, { file: options.data, ...signature });
  if (!target && !model.fitted.importances && !model.fitted.explain) throw nothingToTell(kept);
  if (table.nRows === 0) throw new DataError({ file: options.data, message: 'the table has no rows' });

  const notes: string[] = [];
  const testRows = run && target && heldOutRowsOf(run, table, target, kept);
  const rows = testRows ?? Uint32Array.from({ length: table.nRows }, (_, row) => row);
  notes.push(
    testRows
      ? `on the ${plural(rows.length, 'test row')} of run ${run.id}`
      : `on all ${plural(rows.length, 'row')}; if the model was trained on some of them, its importances look too large`,
  );
  const permutations = target ? permuted(kept, table, rows, target, metric, options, world.log, notes) : new Map();
  if (!target) notes.push(`permutation importance left out: the table has no column "${signature.target}"`);
  const gains = model.fitted.importances?.();
  const shap = meanAbsoluteShap(kept, table, rows, options, world.log, notes);
  if (!gains && !shap) notes.push(`${model.model} has neither gain nor SHAP values; only tree models have them`);

  const { columns, featureNames } = model.preprocessor;
  const names = gains || shap ? [...new Set([...columns, ...featureNames])] : columns;
  const importances = names.map((feature): FeatureImportance => {
    const f = featureNames.indexOf(feature);
    return {
      feature,
      gain: gains?.[f] ?? null,
      permutation: permutations.get(feature) ?? null,
      shap: shap && f >= 0 ? shap.map((output) => output[f]!) : null,
    };
  });
  return {
    title: `${signature.dataset} ${model.model}: what it needs to predict "${signature.target}"`,
    metric: permutations.size > 0 ? metric.id : null,
    importances: importances.sort((a, b) => need(b) - need(a)),
    notes,
  };
}

function targetType(classes: readonly string[]): TargetType {
  return classes.length === 0 ? 'continuous' : classes.length === 2 ? 'binary' : 'multiclass';
}

function chooseMetric({ signature }: KeptModel, run: Run | undefined, named: string | undefined): Metric {
  const type = targetType(signature.classes);
  const fitting = metrics.all.filter(({ targetTypes }) => targetTypes.includes(type));
  const wanted = named ?? Object.keys(run?.metrics ?? {})[0];
  const metric = wanted === undefined ? fitting[0] : fitting.find(({ id }) => id === wanted);
  if (metric) return metric;
  throw new ConfigError({
    place: '--metric',
    message: `metric ${wanted} does not suit a ${type} target`,
    allowed: fitting.map(({ id }) => id).join(', '),
  });
}

/** Fold 0 of the run, when these are the rows it was made of. */
function heldOutRowsOf(
  run: Run,
  table: Table,
  values: Float64Array,
  { signature }: KeptModel,
): Uint32Array | undefined {
  if (
    values.some(Number.isNaN) ||
    [...run.data.keyColumns, ...recordedFeatures(run)].some((name) => !table.column(name))
  )
    return undefined;
  const target: Target = { type: targetType(signature.classes), classes: signature.classes, values };
  const evaluationSet = prepareEvaluationSet({
    dataset: run.dataset,
    table,
    target,
    keyColumns: run.data.keyColumns,
    features: recordedFeatures(run),
    file: run.data.path,
    plan: recordedPlan(run.split),
    cuts: run.split.cuts ?? null,
  });
  return rowsId(rowSetOf(evaluationSet)) === run.data.rowSet ? testRowsOf(evaluationSet, 0) : undefined;
}

function permuted(
  { model }: KeptModel,
  table: Table,
  rows: Uint32Array,
  target: Float64Array,
  metric: Metric,
  { repeats, seed }: ExplainOptions,
  log: Log,
  notes: string[],
): Map<string, NonNullable<FeatureImportance['permutation']>> {
  const known = rows.filter((row) => !Number.isNaN(target[row]));
  if (known.length < rows.length)
    notes.push(`permutation importance uses ${plural(known.length, 'row')}: the target of the others is missing`);
  const found = permutationImportance({
    predict: (changed) => model.predict(changed),
    table,
    rows: known,
    columns: model.preprocessor.columns,
    target,
    metric,
    nRepeats: repeats,
    seed,
    progress: (done, total) => log.progress('permutation importance', done, total, `of ${plural(total, 'column')}`),
  });
  if (!found.every(({ mean }) => Number.isFinite(mean))) {
    notes.push(`permutation importance left out: ${metric.id} is undefined on these rows`);
    return new Map();
  }
  notes.push(
    `permutation: how much worse ${metric.id} gets with the column shuffled, mean of ${plural(repeats, 'shuffle')}; ± covers the randomness of the shuffles only`,
  );
  return new Map(found.map(({ column, ...rest }) => [column, rest]));
}

/** Per output the mean |SHAP| of each feature. */
function meanAbsoluteShap(
  { model }: KeptModel,
  table: Table,
  all: Uint32Array,
  { rows: most, seed }: ExplainOptions,
  log: Log,
  notes: string[],
): Float64Array[] | undefined {
  if (!model.fitted.explain) return undefined;
  const rows = all.length > most ? createRandom(seed, 'rows to explain').shuffle(all.slice()).subarray(0, most) : all;
  if (rows.length < all.length) notes.push(`mean |SHAP| uses ${count(rows.length)} of these rows: --rows uses more`);
  const nFeatures = model.preprocessor.featureNames.length;
  let summary: ReturnType<typeof createShapSummary> | undefined;
  let nOutputs = 1;
  let leafBelow: number | undefined;
  let done = 0;
  for (const { rows: block, explanation } of explainInBlocks(model, table, rows, 'summary')) {
    nOutputs = explanation.nOutputs;
    leafBelow = explanation.leafBelow;
    summary ??= createShapSummary(nOutputs, nFeatures);
    summary.add(explanation);
    done += block.length;
    log.progress('SHAP values', done, rows.length, `of ${plural(rows.length, 'row')}`);
  }
  if (leafBelow !== undefined)
    notes.push(`mean |SHAP| counts a node of fewer than ${count(Math.ceil(leafBelow))} training rows as a leaf`);
  const mean = summary!.mean();
  return Array.from({ length: nOutputs }, (_, k) => mean.subarray(k * nFeatures, (k + 1) * nFeatures));
}

/** What features are ordered by: the first of these that is known of them. */
function need({ gain, permutation, shap }: FeatureImportance): number {
  return permutation?.mean ?? shap?.reduce((sum, value) => sum + value, 0) ?? gain ?? Number.NEGATIVE_INFINITY;
}

function nothingToTell({ model, signature }: KeptModel): ConfigError {
  return new ConfigError({
    place: '--data',
    message: `${model.model} cannot be explained: it is not a tree model, and the table has no column "${signature.target}"`,
    next: 'give a table with the target: permutation importance works for any model',
  });
}
