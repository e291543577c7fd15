import type { Baseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { MANY_REPEATS } from '../../comparison/noisier-candidate.ts';
import { recomputedRun } from '../../comparison/recomputed.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { trainable } from '../../config/planned-models.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { AppError } from '../../errors/app-error.ts';
import { evaluationSetOfFold } from '../../evaluation/evaluation-set.ts';
import type { RowSet } from '../../evidence/evidence.ts';
import { rowsId } from '../../evidence/evidence-codec.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { trainers } from '../../trainers/index.ts';
import type { Ports } from '../ports.ts';
import { type BesideBaseline, lookedUpIn } from './beside-baseline.ts';
import { inputsHash, recipeHash } from './inputs-hash.ts';
import { finishedRun, storeRuns } from './keep-runs.ts';
import { evaluationSetOf, type LoadedDataset } from './load-dataset.ts';
import { evaluatedRunOf } from './run-record.ts';
import type { TimedRuns } from './timing/timed-in-turn.ts';

/**
 * The runs that another job claims to have trained of a dataset, as they are recorded here. Of a claim only the predictions count, and
 * what nobody else can know: times, sizes, parameters that were chosen. Rows, folds, targets, classes and slices are read from the
 * table of this checkout, and every metric is computed from them.
 *
 * @throws AppError where a claim is about other rows, other models, or not whole.
 */
export async function claimedRuns(
  dataset: LoadedDataset,
  claims: readonly EvaluatedRun[],
  ports: Ports,
  options: {
    readonly beside: BesideBaseline;
    readonly baseline: Baseline;
    readonly evidence: EvidencePlace;
    /** Times what limits ask to be timed: here, whatever a claim says of it. */
    readonly inTurn: (evaluatedRuns: ReadonlyMap<string, EvaluatedRun>) => Promise<TimedRuns>;
  },
): Promise<TimedRuns> {
  const { beside, baseline, evidence } = options;
  const { keyColumns, inherited } = beside;
  const evaluationSet = evaluationSetOf(dataset, keyColumns, inherited);
  const rowSet = rowSetOf(evaluationSet, dataset.slices, lookedUpIn(beside, evaluationSet));
  const models = trainable(dataset.models);
  refuseOthers(dataset, claims, models);
  const before = baseline.kind === 'none' ? new Map<string, EvaluatedRun>() : baseline.evaluatedRuns;
  const runs = new Map<string, EvaluatedRun>();
  for (const model of models) {
    const claim = claims.find(({ run }) => run.model === model.id);
    if (!claim) continue;
    const preparation = {
      ...{ evaluationSet, keyColumns, kept: null },
      inputs: await inputsHash(dataset, { keyColumns, rowSet: rowsId(rowSet) }, model, ports),
      recipe: await recipeHash(dataset, model, ports),
    };
    const own = ownRun(
      claim,
      dataset,
      model,
      { ...preparation, rowSet: knownRows(claim, evaluationSet, rowSet) },
      ports,
    );
    const { run } = recomputedRun(own, undefined);
    const finished = { before: before.get(model.id), evidence };
    runs.set(model.id, finishedRun({ run, predictions: own.predictions }, dataset, finished));
  }
  const timed = await options.inTurn(runs);
  await storeRuns([...timed.evaluatedRuns.values()], evidence, ports);
  return timed;
}

/** A claim as a run of this job: what the job knows itself, it writes itself. */
function ownRun(
  { run: claimed, predictions }: EvaluatedRun,
  dataset: LoadedDataset,
  model: ModelConfig,
  { rowSet, ...origin }: Parameters<typeof evaluatedRunOf>[3] & { readonly rowSet: RowSet },
  ports: Ports,
): EvaluatedRun {
  const { threshold, measuredOn, timings, warnings, importances, modelSha256, modelBytes, environment } = claimed;
  const metrics = dataset.metrics.flatMap((id) => {
    const said = Object.hasOwn(claimed.metrics, id) ? claimed.metrics[id] : undefined;
    return said ? [[id, said] as const] : [];
  });
  const repeats = predictions?.evidence.repeats ?? null;
  if (repeats) refuseTorn(repeats.length, dataset, model);
  const { run } = evaluatedRunOf(
    dataset,
    model,
    {
      measured: {
        metrics: Object.fromEntries(metrics),
        ...(threshold !== undefined && { threshold }),
        ...(measuredOn && { measuredOn }),
        ...{ timings, warnings },
      },
      ...{ dataNotes: [], rowSet, repeats, predictions: null, model: null, modelFile: null },
    },
    origin,
    ports,
  );
  const withoutAdded = predictions?.evidence.withoutAdded;
  return {
    run: { ...run, ...(importances && { importances }), modelSha256, modelBytes, environment },
    predictions: repeats && {
      rowSet,
      evidence: { run: run.id, rowSet: rowSet.id, repeats, ...(withoutAdded && { withoutAdded }) },
    },
  };
}

/**
 * The rows that a claim is about, as this checkout has them: all, or those of the test set alone. The id of rows is the digest of their
 * keys, folds, targets and slices.
 */
function knownRows({ run, predictions }: EvaluatedRun, evaluationSet: EvaluationSet, all: RowSet): RowSet {
  if (!predictions || predictions.evidence.rowSet === all.id) return all;
  const tested = rowSetOf(evaluationSetOfFold(evaluationSet, 0).evaluationSet);
  if (predictions.evidence.rowSet === tested.id) return tested;
  throw new AppError({
    message: `the predictions of ${run.dataset} ${run.model} are not for the rows of this commit`,
    found: `rows ${predictions.evidence.rowSet.slice(0, 12)}`,
    allowed: `rows ${all.id.slice(0, 12)}: keys, folds, targets and slices of ${run.dataset} as they are checked out here`,
    next: 'let no step change the table, and check out the same commit in every job; then re-run all jobs',
  });
}

function refuseOthers(
  { config: { id } }: LoadedDataset,
  claims: readonly EvaluatedRun[],
  models: readonly ModelConfig[],
): void {
  const named = claims.map(({ run }) => (run.dataset === id ? run.model : `${run.dataset} ${run.model}`));
  const strange = named.filter((name, i) => models.every((model) => model.id !== name) || named.indexOf(name) !== i);
  if (strange.length === 0) return;
  throw new AppError({
    message: `the job that trained ${id} handed over runs that were not asked for`,
    found: strange.join(', '),
    allowed: `one run each of ${models.map((model) => model.id).join(', ')}`,
    next: 'let no step of that job write into the folder of runs; then re-run all jobs',
  });
}

/** Each fold is trained as often as the project file says or, of a noisy model, ten times. */
function refuseTorn(found: number, { config }: LoadedDataset, { id, params }: ModelConfig): void {
  const planned = trainers.get(id).repeats(params, config.split);
  if (found === planned || found === MANY_REPEATS) return;
  throw new AppError({
    message: `the predictions of ${config.id} ${id} are not whole`,
    found: `${found} repeats`,
    allowed: `${planned} or ${MANY_REPEATS}`,
    next: 're-run all jobs',
  });
}
