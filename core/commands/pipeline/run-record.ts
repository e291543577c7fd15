import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { decisionAim } from '../../config/decision-aim.ts';
import type { DatasetConfig } from '../../config/project.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import type { Slice } from '../../dataset/slices.ts';
import { ENGINE, KEY_SCHEME } from '../../engine.ts';
import type { EvaluatedModel } from '../../evaluation/evaluate-model.ts';
import { testRowsOf, trainRowsOf } from '../../evaluation/evaluation-set.ts';
import { rowsId } from '../../evidence/evidence-codec.ts';
import type { TrainedModel } from '../../models/trained-model.ts';
import { MAX_IMPORTANCES, RUN_SCHEMA, type Run } from '../../tracking/run.ts';
import { createRunId } from '../../tracking/run-id.ts';
import { trainers } from '../../trainers/index.ts';
import { VERSION } from '../../version.ts';
import type { Ports } from '../ports.ts';
import { copiesNote } from './copies-note.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** What a run records beside what was measured. */
export interface RunOrigin {
  readonly evaluationSet: EvaluationSet;
  readonly keyColumns: readonly string[];
  /** SHA-256 over everything that determines the result. */
  readonly inputs: string;
  /** SHA-256 over all of that but the rows; null where a command may read files that it does not list. */
  readonly recipe: string | null;
  /** The file of the kept model; null: none is kept. */
  readonly kept: { readonly bytes: Uint8Array; readonly sha256: string } | null;
}

/** The record of a run of this commit, and its predictions. */
export function evaluatedRunOf(
  dataset: LoadedDataset,
  { id: model, params: settings }: ModelConfig,
  evaluated: EvaluatedModel,
  { evaluationSet, keyColumns, inputs, recipe, kept }: RunOrigin,
  ports: Ports,
): EvaluatedRun {
  const { config, table, target, columns } = dataset;
  const { measured, rowSet, repeats } = evaluated;
  const trainer = trainers.get(model);
  const params = { ...trainer.tracked(settings), ...trackedRule(decisionAim(config)) };
  const metric = dataset.metrics.find((id) => Object.hasOwn(measured.metrics, id));
  const isWhole = measured.measuredOn === undefined && evaluated.predictions && metric !== undefined;
  const predicted = isWhole ? { repeats: evaluated.predictions, metric, seed: rowsId(rowSet) } : null;
  const notes = [...dataset.warnings, ...copiesNote(evaluationSet, predicted), ...evaluated.dataNotes];
  const createdAt = ports.now().toISOString();
  const run: Run = {
    schema: RUN_SCHEMA,
    id: createRunId({ createdAt, dataset: config.id, model, nonce: ports.nonce() }),
    createdAt,
    dataset: config.id,
    model,
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, flat(value)])),
    task: dataset.task,
    target: config.target,
    targetType: target.type,
    classes: [...target.classes],
    ...(measured.threshold !== undefined && { threshold: measured.threshold }),
    split: splitRecord(config.split, evaluationSet, repeats?.length ?? trainer.repeats(settings, config.split)),
    metrics: measured.metrics,
    ...(dataset.slices.length > 0 && { slices: measured.slices ?? dataset.slices.map(unmeasured) }),
    data: {
      path: config.path,
      sha256: dataset.sha256,
      rows: table.nRows,
      columns: columns.roles.map(({ name, kind }) => ({ name, kind })),
      keyColumns: [...keyColumns],
      trainRows: trainRowsOf(evaluationSet, 0).length,
      testRows: testRowsOf(evaluationSet, 0).length,
      nFeatures: columns.features.length,
      rowSet: rowsId(rowSet),
      ...(dataset.ofNewClasses && { ofNewClasses: dataset.ofNewClasses }),
      ...(notes.length > 0 && { warnings: warningsOf({ warnings: notes }) }),
    },
    ...(evaluated.model && importancesOf(evaluated.model)),
    modelSha256: kept?.sha256 ?? null,
    modelBytes: kept?.bytes.length ?? null,
    ...(measured.measuredOn && { measuredOn: measured.measuredOn }),
    engine: ENGINE,
    keyScheme: KEY_SCHEME,
    inputsSha256: inputs,
    ...(recipe !== null && { recipeSha256: recipe }),
    git: ports.git,
    workflow: ports.workflow,
    environment: { version: VERSION, ...ports.environment, threads: ports.workers.threads },
    timings: measured.timings,
    warnings: warningsOf(measured),
  };
  return { run, predictions: repeats && { rowSet, evidence: { run: run.id, rowSet: rowSet.id, repeats } } };
}

/** A slice of a model that did not predict all rows. */
function unmeasured({ column, value, rows }: Slice): NonNullable<Run['slices']>[number] {
  return { column, value, n: rows.size, metrics: {} };
}

function warningsOf({ warnings }: { readonly warnings: readonly string[] }): string[] {
  return warnings.slice(0, 100).map((warning) => warning.slice(0, 2000));
}

/** What differs from the usual rule, among the parameters: it changes what a model says as they do. */
function trackedRule(rule: ReturnType<typeof decisionAim>): Record<string, unknown> {
  if (!rule) return {};
  const { calibration, threshold } = rule;
  const aim = typeof threshold === 'object' ? { threshold: 'cost', ...threshold.costs } : { threshold };
  return { ...(calibration && { calibration }), ...(threshold !== 0.5 && aim) };
}

function splitRecord(
  { folds, seed, group, time, gap }: DatasetConfig['split'],
  evaluationSet: EvaluationSet,
  repeats: number,
): Run['split'] {
  return {
    folds,
    seed,
    repeats,
    ...(group !== null && { group }),
    ...(evaluationSet.duplicates && {
      duplicates: evaluationSet.duplicates.rule,
      copies: evaluationSet.duplicates.copies,
    }),
    ...(time !== null && evaluationSet.time && { time, gap, cuts: [...evaluationSet.time.cuts] }),
  };
}

/** What the kept model's splits gained most by. */
function importancesOf({ fitted, preprocessor }: TrainedModel): Pick<Run, 'importances'> {
  const shares = fitted.importances?.();
  if (!shares) return {};
  const all = preprocessor.featureNames.map((feature, f) => ({ feature: feature.slice(0, 200), share: shares[f]! }));
  return { importances: all.sort((a, b) => b.share - a.share).slice(0, MAX_IMPORTANCES) };
}

function flat(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value;
  return value === undefined ? null : JSON.stringify(value);
}
