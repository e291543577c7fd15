import type { Side } from '../comparison/compare-models.ts';
import type { ModelConfig } from '../config/project.ts';
import { crossValidate, RANDOM_REPEATS } from '../evaluation/cross-validate.ts';
import { metricResult } from '../evaluation/estimates.ts';
import type { RowSet } from '../evaluation/evidence.ts';
import { checkFolds, type Exam, prepareExam } from '../evaluation/exam.ts';
import { quantise, rowSetOf } from '../evaluation/quantise.ts';
import { metrics } from '../metrics/index.ts';
import { models } from '../models/index.ts';
import { formatModel, modelPathOf, modelSha256 } from '../models/model-file.ts';
import type { ModelSignature } from '../models/signature.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { sha256Hex } from '../random/sha256.ts';
import { MAX_IMPORTANCES, RUN_SCHEMA, type Run } from '../tracking/run.ts';
import { createRunId } from '../tracking/run-id.ts';
import { VERSION } from '../version.ts';
import { laptopMetrics } from './laptop-metrics.ts';
import type { LoadedDataset } from './load-dataset.ts';
import type { Ports } from './ports.ts';

/** What training a data set gave. */
export interface TrainedDataset {
  readonly sides: ReadonlyMap<string, Side>;
  readonly files: readonly string[];
}

/**
 * Trains every model of a data set: five folds (twice where the fit is random), a run and its evidence per model, the
 * kept model's file and its metrics. Nothing is stored before all models are trained.
 *
 * @param keyColumns what rows are recognised by: the baseline's list, so that an added column changes no key.
 * @throws StoreError
 */
export async function trainDataset(
  dataset: LoadedDataset,
  keyColumns: readonly string[],
  ports: Ports,
  options: { readonly force: boolean; readonly evidence: boolean },
): Promise<TrainedDataset> {
  const { config, table, target } = dataset;
  const exam = prepareExam({ dataset: config.id, table, target, keyColumns, nFolds: config.split.folds });
  checkFolds(exam, { file: config.path });
  const rowSet = rowSetOf(exam);
  const sides = new Map<string, Side>();
  const files: string[] = [];
  const fresh: Side[] = [];
  for (const model of dataset.models) {
    const inputs = inputsHash(dataset, keyColumns, model);
    const earlier = ports.reuseRuns && !options.force ? await findSame(ports, config.id, model.id, inputs) : undefined;
    if (earlier) {
      ports.log.info(
        `${config.id} ${model.id}: same data, parameters and version as run ${earlier.run.id}, not trained again (--force does)`,
      );
      sides.set(model.id, earlier);
      continue;
    }
    const { side, bytes } = await trainModelOf(dataset, model, { exam, rowSet, keyColumns, inputs }, ports);
    sides.set(model.id, side);
    fresh.push(side);
    const modelPath = modelPathOf({ dataset: config.id, model: model.id });
    const metricsPath = `metrics/metrics_${config.id}_${model.id}.json`;
    await ports.files.write(modelPath, bytes);
    await ports.files.write(metricsPath, `${JSON.stringify(laptopMetrics(side.run), null, 2)}\n`);
    files.push(modelPath, metricsPath);
  }
  if (options.evidence && fresh.length > 0) {
    await ports.evidence.put(
      rowSet,
      fresh.map(({ proof }) => proof!.evidence),
    );
  }
  await ports.runs.put(fresh.map(({ run }) => run));
  return { sides, files };
}

interface Preparation {
  readonly exam: Exam;
  readonly rowSet: RowSet;
  readonly keyColumns: readonly string[];
  readonly inputs: string;
}

async function trainModelOf(
  dataset: LoadedDataset,
  { id: model, params }: ModelConfig,
  { exam, rowSet, keyColumns, inputs }: Preparation,
  ports: Ports,
): Promise<{ side: Side; bytes: Uint8Array }> {
  const { config, table, target, columns } = dataset;
  const plugin = models.get(model);
  const label = `${config.id} ${model}`;
  const validation = await crossValidate({
    plugin,
    params,
    table,
    columns: columns.features,
    exam,
    seed: config.split.seed,
    workers: ports.workers,
    now: ports.seconds,
    progress: (done, total) => ports.log.progress(label, done, total, `trained ${total} times`),
  });
  for (const warning of validation.warnings) ports.log.warn(`${label}: ${warning}`);
  const bytes = formatModel({ ...validation.model, signature: signatureOf(dataset) });
  const testRows = exam.folds.filter((fold) => fold === 0).length;
  const createdAt = ports.now().toISOString();
  const run: Run = {
    schema: RUN_SCHEMA,
    id: createRunId({ createdAt, dataset: config.id, model, nonce: ports.nonce() }),
    created_at: createdAt,
    dataset: config.id,
    model,
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, flat(value)])),
    task: dataset.task,
    target: config.target,
    target_type: target.type,
    classes: [...target.classes],
    split: { folds: config.split.folds, seed: config.split.seed, repeats: validation.repeats.length },
    metrics: Object.fromEntries(dataset.metrics.map((id) => [id, metricResult(metrics.get(id), exam, validation)])),
    data: {
      path: config.path,
      sha256: dataset.sha256,
      rows: table.nRows,
      columns: columns.roles.map(({ name, kind }) => ({ name, kind })),
      key_columns: [...keyColumns],
      train_rows: table.nRows - testRows,
      test_rows: testRows,
      n_features: columns.features.length,
      row_set: rowSet.id,
    },
    ...importancesOf(validation.model),
    model_sha256: modelSha256(bytes),
    model_bytes: bytes.length,
    inputs_sha256: inputs,
    git: ports.git,
    workflow: ports.workflow,
    environment: { version: VERSION, ...ports.environment, threads: ports.workers.threads },
    timings: { fit_seconds: validation.fitSeconds, predict_seconds: validation.predictSeconds },
    warnings: [...dataset.warnings, ...validation.warnings].slice(0, 100).map((warning) => warning.slice(0, 2000)),
  };
  const evidence = {
    run: run.id,
    rowSet: rowSet.id,
    repeats: validation.repeats.map((repeat) => quantise(rowSet, repeat)),
  };
  return { side: { run, proof: { rowSet, evidence } }, bytes };
}

function signatureOf({ config, target, columns }: LoadedDataset): ModelSignature {
  const { decimal, thousands } = config.numbers;
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

/** SHA-256 over everything that determines what a run's numbers are. */
function inputsHash(
  { config, sha256, columns, target, metrics: ids }: LoadedDataset,
  keyColumns: readonly string[],
  model: ModelConfig,
): string {
  const inputs = [
    VERSION,
    config.id,
    sha256,
    config.split,
    columns.roles,
    keyColumns,
    target.type,
    target.classes,
    ids,
    model.id,
    RANDOM_REPEATS,
  ];
  const params = Object.entries(model.params).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(new TextEncoder().encode(JSON.stringify([inputs, params])));
}

async function findSame(ports: Ports, dataset: string, model: string, inputs: string): Promise<Side | undefined> {
  const { runs } = await ports.runs.list({ dataset, model });
  const { sha, dirty } = ports.git;
  const run = runs.find((each) => each.inputs_sha256 === inputs && each.git.sha === sha && each.git.dirty === dirty);
  const proof = run && (await ports.evidence.get(run.id));
  return run && proof ? { run, proof } : undefined;
}
