import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { comparisonErrors } from '../../comparison/comparison-errors.ts';
import { limitedMetrics } from '../../comparison/limit-noise.ts';
import { MANY_REPEATS } from '../../comparison/noisier-candidate.ts';
import type { RunPredictions } from '../../comparison/paired-difference.ts';
import { configInputs } from '../../config/config-inputs.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { trainable } from '../../config/planned-models.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import { ENGINE, KEY_SCHEME } from '../../engine.ts';
import { withNoiseHistory } from '../../evaluation/uncertainty/noise-history.ts';
import { rowsId } from '../../evidence/evidence-codec.ts';
import { publishEvidence } from '../../evidence/published-evidence.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { trainers } from '../../trainers/index.ts';
import type { Ports } from '../ports.ts';
import { type BesideBaseline, lookedUpIn } from './beside-baseline.ts';
import { laptopMetrics, metricsPathOf } from './laptop-metrics.ts';
import { evaluationSetOf, type LoadedDataset } from './load-dataset.ts';
import { isTooNoisyYet } from './noisier-model.ts';
import { trainModelOf } from './train-model.ts';

/** What training a dataset gave. */
export interface TrainedDataset {
  readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
  readonly files: readonly string[];
  /** Ids of earlier runs with the same inputs, which were taken instead of training again. */
  readonly reused: readonly string[];
}

/**
 * Trains every model of a dataset: five folds (twice where the fit is random), a run and its evidence per model, the
 * kept model's file and its metrics. A model that is noisier than its baseline is trained ten times where limits need it. Runs and
 * evidence are stored when all models are trained.
 *
 * @param options.beside what rows are recognised and split by, so that an added column changes no key.
 * @throws StoreError
 */
export async function trainDataset(
  dataset: LoadedDataset,
  ports: Ports,
  options: {
    readonly force: boolean;
    readonly evidence: EvidencePlace;
    /** By model: the run it is compared with. */
    readonly baseline: ReadonlyMap<string, EvaluatedRun>;
    /** How many limits are judged at most; null: none are, so that no model needs more repeats for it. */
    readonly nLimits: number | null;
    readonly beside: BesideBaseline;
  },
): Promise<TrainedDataset> {
  const { config } = dataset;
  const { keyColumns, inherited } = options.beside;
  const evaluationSet = evaluationSetOf(dataset, keyColumns, inherited);
  const rowSet = rowSetOf(evaluationSet, dataset.slices, lookedUpIn(options.beside, evaluationSet));
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  const files: string[] = [];
  const reused: string[] = [];
  const fresh: EvaluatedRun[] = [];
  for (const model of trainable(dataset.models)) {
    const inputs = await inputsHash(dataset, { keyColumns, rowSet: rowsId(rowSet) }, model, ports);
    const same = ports.reuseRuns && !options.force ? await findSame(ports, config.id, model, inputs) : undefined;
    const earlier = same && !isTooNoisyYet(dataset, same, options) ? same : undefined;
    if (earlier) {
      ports.log.info(
        `${config.id} ${model.id}: run ${earlier.run.id} has the same data, parameters and engine, so it is not trained again; --force trains it`,
      );
      evaluatedRuns.set(model.id, earlier);
      reused.push(earlier.run.id);
      continue;
    }
    const preparation = { evaluationSet, rowSet, keyColumns, inputs };
    const first = await trainModelOf(dataset, model, preparation, ports);
    const isNoisy = isTooNoisyYet(dataset, first.evaluatedRun, options);
    if (isNoisy)
      ports.log.info(
        `${config.id} ${model.id}: its training seed moves it more than the baseline's, so every fold is trained ${MANY_REPEATS} times to judge it`,
      );
    const trained = isNoisy ? await trainModelOf(dataset, model, preparation, ports, MANY_REPEATS) : first;
    const { kept } = trained;
    const { predictions } = trained.evaluatedRun;
    const before = options.baseline.get(model.id);
    const errors =
      before && comparisonErrors(before, trained.evaluatedRun, limitedMetrics(config.gates, dataset.metrics));
    const run = withNoiseHistory(trained.evaluatedRun.run, before?.run, errors);
    const published =
      options.evidence === 'branch' && predictions ? { evidenceSha256: publishEvidence(predictions).sha256 } : {};
    const evaluatedRun = { run: { ...run, ...published }, predictions };
    evaluatedRuns.set(model.id, evaluatedRun);
    fresh.push(evaluatedRun);
    if (kept) {
      await ports.files.write(kept.path, kept.bytes);
      files.push(kept.path);
    }
    const metricsPath = metricsPathOf({ dataset: config.id, model: model.id });
    await ports.files.write(metricsPath, `${JSON.stringify(laptopMetrics(evaluatedRun.run), null, 2)}\n`);
    files.push(metricsPath);
  }
  if (options.evidence !== 'off' && fresh.length > 0) {
    for (const allPredictions of byRowSet(fresh)) {
      await ports.evidence.put(
        allPredictions[0]!.rowSet,
        allPredictions.map(({ evidence }) => evidence),
      );
    }
  }
  await ports.runs.put(fresh.map(({ run }) => run));
  return { evaluatedRuns, files, reused };
}

/** Predictions grouped by row set: models that are evaluated on all rows share one. */
function byRowSet(evaluatedRuns: readonly EvaluatedRun[]): readonly (readonly RunPredictions[])[] {
  const groups = new Map<string, RunPredictions[]>();
  for (const { predictions } of evaluatedRuns) {
    if (predictions) groups.set(predictions.rowSet.id, [...(groups.get(predictions.rowSet.id) ?? []), predictions]);
  }
  return [...groups.values()];
}

/** SHA-256 over everything that determines what a run's numbers are. */
export async function inputsHash(
  { config, sha256, columns, target, metrics: ids }: LoadedDataset,
  { keyColumns, rowSet }: { readonly keyColumns: readonly string[]; readonly rowSet: string },
  { id, params: settings }: ModelConfig,
  { files }: Pick<Ports, 'files'>,
): Promise<string> {
  const inputs = [
    ENGINE,
    KEY_SCHEME,
    config.id,
    sha256,
    configInputs(config),
    columns.roles,
    keyColumns,
    rowSet,
    target.type,
    target.classes,
    ids,
    id,
    await trainers.get(id).inputs(settings, files),
  ];
  return sha256Hex(new TextEncoder().encode(JSON.stringify(inputs)));
}

async function findSame(
  ports: Ports,
  dataset: string,
  model: ModelConfig,
  inputs: string,
): Promise<EvaluatedRun | undefined> {
  const { sha, dirty } = ports.git;
  if (dirty && trainers.get(model.id).inputFiles(model.params).listed === null) return undefined;
  const { runs } = await ports.runs.list({ dataset, model: model.id });
  const run = runs.find((each) => each.inputsSha256 === inputs && each.git.sha === sha && each.git.dirty === dirty);
  const predictions = run && (await ports.evidence.get(run.id));
  return run && predictions ? { run, predictions } : undefined;
}
