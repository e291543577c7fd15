import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { decisionAim } from '../../config/decision-aim.ts';
import type { DatasetConfig } from '../../config/project.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import type { Slice } from '../../dataset/slices.ts';
import { type EvaluationSet, testRowsOf, trainRowsOf } from '../../evaluation/evaluation-set.ts';
import { ruledTrainer } from '../../evaluation/ruled-trainer.ts';
import type { RowSet } from '../../evidence/evidence.ts';
import { commandModelPathOf, formatModel, modelPathOf, modelSha256 } from '../../models/model-file.ts';
import type { ModelSignature } from '../../models/signature.ts';
import type { TrainedModel } from '../../models/trained-model.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { MAX_IMPORTANCES, RUN_SCHEMA, type Run } from '../../tracking/run.ts';
import { createRunId } from '../../tracking/run-id.ts';
import { trainers } from '../../trainers/index.ts';
import type { Training } from '../../trainers/trainer.ts';
import { VERSION } from '../../version.ts';
import type { Ports } from '../ports.ts';
import type { LoadedDataset } from './load-dataset.ts';
import { type MeasuredModel, measureModel } from './measure-model.ts';

interface Preparation {
  readonly evaluationSet: EvaluationSet;
  readonly rowSet: RowSet;
  readonly keyColumns: readonly string[];
  /** SHA-256 over everything that determines the result. */
  readonly inputs: string;
  /** Trains otherwise than asked for, to see what that changes. */
  readonly change?: (training: Training) => Training;
}

/** Trains and measures one model; nothing is stored. */
export async function trainModelOf(
  dataset: LoadedDataset,
  { id: model, params: settings }: ModelConfig,
  { evaluationSet, rowSet, keyColumns, inputs, change = (training) => training }: Preparation,
  ports: Ports,
): Promise<{ evaluatedRun: EvaluatedRun; kept: KeptModel | null }> {
  const { config, table, target, columns } = dataset;
  const trainer = trainers.get(model);
  const label = `${config.id} ${model}`;
  const prepared = trainer.prepare(settings, {
    dataset: config.id,
    table,
    columns: columns.features,
    target: config.target,
    task: dataset.task,
    evaluationSet,
    workers: ports.workers,
    processes: ports.processes,
    now: ports.seconds,
    cpu: ports.cpuSeconds,
    info: ports.log.info,
  });
  const training = change(prepared);
  const aim = decisionAim(config);
  const ruled = aim &&
    training.evidence !== 'self_reported' && {
      ...training,
      trainer: ruledTrainer(training.trainer, evaluationSet, aim),
    };
  const nRepeats = trainer.repeats(settings, config.split);
  const progress = (done: number, total: number) => ports.log.progress(label, done, total, `trained ${total} times`);
  const measured = await measureModel(ruled || training, { dataset, evaluationSet, rowSet, nRepeats, progress });
  for (const warning of measured.warnings) ports.log.warn(`${label}: ${warning}`);
  const kept = keptModel(dataset, model, measured);
  const createdAt = ports.now().toISOString();
  const run: Run = {
    schema: RUN_SCHEMA,
    id: createRunId({ createdAt, dataset: config.id, model, nonce: ports.nonce() }),
    createdAt: createdAt,
    dataset: config.id,
    model,
    params: Object.fromEntries(
      Object.entries({ ...trainer.tracked(settings), ...trackedRule(aim) }).map(([name, value]) => [name, flat(value)]),
    ),
    task: dataset.task,
    target: config.target,
    targetType: target.type,
    classes: [...target.classes],
    ...(measured.model?.rule && { threshold: measured.model.rule.threshold }),
    split: splitRecord(config.split, evaluationSet, nRepeats),
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
      rowSet: measured.rowSet.id,
      ...(dataset.warnings.length > 0 && { warnings: warningsOf(dataset) }),
    },
    ...(measured.model && importancesOf(measured.model)),
    modelSha256: kept?.sha256 ?? null,
    modelBytes: kept?.bytes.length ?? null,
    ...(training.evidence !== 'folds' && { measuredOn: training.evidence }),
    inputsSha256: inputs,
    git: ports.git,
    workflow: ports.workflow,
    environment: { version: VERSION, ...ports.environment, threads: ports.workers.threads },
    timings: measured.timings,
    warnings: warningsOf(measured),
  };
  const predictions = measured.evidence && {
    rowSet: measured.rowSet,
    evidence: { run: run.id, rowSet: measured.rowSet.id, repeats: measured.evidence },
  };
  return { evaluatedRun: { run, predictions }, kept };
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
    ...(time !== null && evaluationSet.time && { time, gap, cuts: [...evaluationSet.time.cuts] }),
  };
}

interface KeptModel {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** The file of the model that is kept: ours, or the one that a command left. */
function keptModel(dataset: LoadedDataset, id: string, { model, modelFile }: MeasuredModel): KeptModel | null {
  if (!model)
    return (
      modelFile && {
        path: commandModelPathOf({ dataset: dataset.config.id, model: id }),
        bytes: modelFile,
        sha256: sha256Hex(modelFile),
      }
    );
  const bytes = formatModel({ ...model, signature: signatureOf(dataset) });
  return { path: modelPathOf({ dataset: dataset.config.id, model: id }), bytes, sha256: modelSha256(bytes) };
}

function signatureOf({ config, target, columns }: LoadedDataset): ModelSignature {
  const { decimal, thousands } = config;
  return {
    dataset: config.id,
    target: config.target,
    classes: [...target.classes],
    columns: columns.roles.flatMap(({ name, kind }) =>
      kind === 'numeric' || kind === 'categorical' || kind === 'date' ? [{ name, kind }] : [],
    ),
    ...(decimal && { decimal }),
    ...(thousands && { thousands }),
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
