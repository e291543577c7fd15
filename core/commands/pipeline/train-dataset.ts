import type { Baseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { MANY_REPEATS } from '../../comparison/noisier-candidate.ts';
import type { RunPredictions } from '../../comparison/paired-difference.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { trainable } from '../../config/planned-models.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import type { WithoutAdded } from '../../evidence/evidence.ts';
import { rowsId } from '../../evidence/evidence-codec.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { count } from '../../report/numbers.ts';
import { trainers } from '../../trainers/index.ts';
import type { Ports } from '../ports.ts';
import { type AddedToBaseline, addedToBaseline } from './added-to-baseline.ts';
import { type BesideBaseline, lookedUpIn } from './beside-baseline.ts';
import { inputsHash, recipeHash } from './inputs-hash.ts';
import { finishedRun, storeRuns } from './keep-runs.ts';
import { laptopMetrics, metricsPathOf } from './laptop-metrics.ts';
import { evaluationSetOf, type LoadedDataset } from './load-dataset.ts';
import { isTooNoisyYet, type Limited, mostLimits } from './noisier-model.ts';
import type { TimedRuns } from './timing/timed-in-turn.ts';
import { trainedWithoutAdded, trainModelOf } from './train-model.ts';

/** What training a dataset gave. */
export interface TrainedDataset extends TimedRuns {
  readonly files: readonly string[];
  /** Ids of earlier runs with the same inputs, which were taken instead of training again. */
  readonly reused: readonly string[];
}

/**
 * Trains every model of a dataset: five folds (twice where the fit is random), a run and its evidence per model, the
 * kept model's file and its metrics. A model that is noisier than its baseline is trained ten times where limits need it. One that limits
 * compare is trained without the rows that a change adds, too, where something else changed. Runs and evidence are stored when all
 * models are trained.
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
    readonly baseline: Baseline;
    /** The datasets that are judged beside it; null: nothing is, so that no model needs more repeats for it. */
    readonly judgedBeside: readonly Limited[] | null;
    readonly beside: BesideBaseline;
    /** Whether it is a change: what a branch that sets rules adds is its own. */
    readonly isChange: boolean;
    /** Times what limits ask to be timed. */
    readonly inTurn: (evaluatedRuns: ReadonlyMap<string, EvaluatedRun>) => Promise<TimedRuns>;
  },
): Promise<TrainedDataset> {
  const { config } = dataset;
  const { beside, baseline, judgedBeside } = options;
  const { keyColumns, inherited } = beside;
  const evaluationSet = evaluationSetOf(dataset, keyColumns, inherited);
  const rowSet = rowSetOf(evaluationSet, dataset.slices, lookedUpIn(beside, evaluationSet));
  const added = options.isChange ? addedToBaseline(dataset, baseline, beside, { evaluationSet, rowSet }) : null;
  const limits = {
    baseline: baseline.kind === 'none' ? new Map<string, EvaluatedRun>() : baseline.evaluatedRuns,
    nLimits: judgedBeside && mostLimits({ ...dataset, addsRows: added !== null }, judgedBeside),
  };
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  const files: string[] = [];
  const reused: string[] = [];
  for (const model of trainable(dataset.models)) {
    const inputs = await inputsHash(dataset, { keyColumns, rowSet: rowsId(rowSet) }, model, ports);
    const recipe = await recipeHash(dataset, model, ports);
    const twice = added?.isNeededFor(model.id, recipe) ? added : null;
    const same = ports.reuseRuns && !options.force ? await findSame(ports, config.id, model, inputs) : undefined;
    const isEnough = (found: EvaluatedRun) => !isTooNoisyYet(dataset, found, limits) && isTrainedFor(found, twice);
    const earlier = same && isEnough(same) ? same : undefined;
    if (earlier) {
      ports.log.info(
        `${config.id} ${model.id}: run ${earlier.run.id} has the same data, parameters and engine, so it is not trained again; --force trains it`,
      );
      evaluatedRuns.set(model.id, earlier);
      reused.push(earlier.run.id);
      continue;
    }
    const preparation = { evaluationSet, rowSet, keyColumns, inputs, recipe };
    const first = await trainModelOf(dataset, model, preparation, ports);
    const isNoisy = isTooNoisyYet(dataset, first.evaluatedRun, limits);
    if (isNoisy)
      ports.log.info(
        `${config.id} ${model.id}: its training seed moves it more than the baseline's, so every fold is trained ${MANY_REPEATS} times to judge it`,
      );
    const trained = isNoisy
      ? await trainModelOf(dataset, model, preparation, ports, { nRepeats: MANY_REPEATS })
      : first;
    const { kept } = trained;
    const predictions = twice
      ? await alsoWithout(trained.evaluatedRun, () => {
          const what = `${count(twice.nAdded)} ${twice.nAdded === 1 ? 'row was' : 'rows were'} added and something else changed`;
          ports.log.info(
            `${config.id} ${model.id}: ${what}, so it is trained a second time, without ${twice.nAdded === 1 ? 'that row' : 'these rows'}`,
          );
          return trainedWithoutAdded(
            dataset,
            model,
            preparation,
            { ...twice, nRepeats: trained.evaluatedRun.run.split.repeats },
            ports,
          );
        })
      : trained.evaluatedRun.predictions;
    const evaluatedRun = finishedRun({ run: trained.evaluatedRun.run, predictions }, dataset, {
      before: limits.baseline.get(model.id),
      evidence: options.evidence,
    });
    evaluatedRuns.set(model.id, evaluatedRun);
    if (kept) {
      await ports.files.write(kept.path, kept.bytes);
      files.push(kept.path);
    }
    const metricsPath = metricsPathOf({ dataset: config.id, model: model.id });
    await ports.files.write(metricsPath, `${JSON.stringify(laptopMetrics(evaluatedRun.run), null, 2)}\n`);
    files.push(metricsPath);
  }
  const timed = await options.inTurn(evaluatedRuns);
  const own = [...timed.evaluatedRuns.values()].filter(({ run }) => !reused.includes(run.id));
  await storeRuns(own, options.evidence, ports);
  return { ...timed, files, reused };
}

/** Whether a run has what has to be known of the rows that were added. */
function isTrainedFor({ predictions }: EvaluatedRun, twice: AddedToBaseline | null): boolean {
  return twice === null || predictions?.evidence.withoutAdded?.keys === twice.keys;
}

/** A run's predictions, and those of the same model without the added rows. */
async function alsoWithout(
  { predictions }: EvaluatedRun,
  train: () => Promise<WithoutAdded | null>,
): Promise<RunPredictions | null> {
  const withoutAdded = predictions && (await train());
  return withoutAdded ? { ...predictions, evidence: { ...predictions.evidence, withoutAdded } } : predictions;
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
