import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { configInputs } from '../../config/config-inputs.ts';
import { decisionAim } from '../../config/decision-aim.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { ENGINE, KEY_SCHEME } from '../../engine.ts';
import { AppError, ConfigError, DataError } from '../../errors/app-error.ts';
import { testRowsOf } from '../../evaluation/evaluation-set.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { metrics } from '../../metrics/index.ts';
import { models } from '../../models/index.ts';
import { sha256Hex } from '../../random/sha256.ts';
import type { Run } from '../../tracking/run.ts';
import type { SearchSpace } from '../../tuning/distribution.ts';
import type { JournalFile } from '../../tuning/journal/journal-file.ts';
import { journalPathOf } from '../../tuning/journal/journal-path.ts';
import { judgeWinner } from '../../tuning/judge-winner.ts';
import { createObjective } from '../../tuning/objective.ts';
import { pruners } from '../../tuning/pruners/index.ts';
import { runStudy, type StudyEnd } from '../../tuning/run-study.ts';
import { samplers } from '../../tuning/samplers/index.ts';
import { type JudgedTrial, openStudy, type Study, WORKER_PREFIX } from '../../tuning/study.ts';
import type { StudyResult } from '../../tuning/study-result.ts';
import type { Trial } from '../../tuning/trial.ts';
import type { Tuning } from '../../tuning/tuning.ts';
import { evaluationSetOf, type LoadedDataset, NOTHING_INHERITED } from '../pipeline/load-dataset.ts';
import { trialRunOf } from '../pipeline/train-model.ts';
import type { Ports } from '../ports.ts';

/** Rows of a class below which fold 0 can hardly show a gain. */
const FEW_ROWS = 30;

/** A study that is ready to run. */
export interface OpenStudy {
  readonly dataset: LoadedDataset;
  readonly model: ModelConfig;
  readonly tuning: Tuning;
  readonly space: SearchSpace;
  readonly evaluationSet: EvaluationSet;
  readonly study: Study;
  readonly journal: string;
}

/** What a study found, and the parameters that are better than the current ones; null: none are. */
export interface TunedModel {
  readonly result: Omit<StudyResult, 'written'>;
  readonly better: Readonly<Record<string, unknown>> | null;
  readonly warnings: readonly string[];
}

/**
 * Opens the study of a model. Nothing is trained yet.
 *
 * @throws ConfigError when the primary metric has no standard error, StoreError when the journal is of another study.
 */
export async function openStudyOf(
  dataset: LoadedDataset,
  model: ModelConfig,
  { tuning, space }: Pick<OpenStudy, 'tuning' | 'space'>,
  ports: Ports,
): Promise<OpenStudy> {
  const { config, sha256, columns } = dataset;
  const metric = metrics.get(dataset.metrics[0]!);
  if (metric.uncertainty === 'none') {
    throw new ConfigError({
      place: `datasets.${config.id}.metrics`,
      message: `${metric.id} has no standard error, so nobody could tell whether a trial is better`,
      next: 'put another metric first',
    });
  }
  const evaluationSet = evaluationSetOf(dataset, columns.keyColumns, NOTHING_INHERITED);
  const journal = journalOf(config.id, model.id, ports);
  const study = await openStudy({
    identity: {
      name: `${config.id} ${model.id}`,
      direction: metric.direction,
      space,
      setting: {
        metric: metric.id,
        table: sha256,
        'set of settings of the dataset': digest([configInputs(config), columns.roles, columns.keyColumns]),
        'set of current parameters': model.params,
        engine: [ENGINE, KEY_SCHEME],
      },
    },
    sampler: samplers.get(tuning.sampler),
    pruner: pruners.get(tuning.pruner),
    seed: config.split.seed,
    metric: metric.id,
    current: model.params,
    journal,
    worker: `${WORKER_PREFIX}${ports.nonce()}`,
    now: ports.now,
  });
  return { dataset, model, tuning, space, evaluationSet, study, journal: journal.path };
}

function digest(value: unknown): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(value))).slice(0, 16);
}

function journalOf(dataset: string, model: string, { files }: Pick<Ports, 'files'>): JournalFile {
  const path = journalPathOf({ dataset, model });
  return {
    path,
    read: async () => ((await files.exists(path)) ? new TextDecoder().decode(await files.read(path)) : ''),
    append: (text) => files.append(path, text),
  };
}

/** Runs the trials of a study and judges the best of them. */
export async function tuneModel(open: OpenStudy, ports: Ports): Promise<TunedModel> {
  const { dataset, model, tuning, evaluationSet, study, journal } = open;
  const { config, table, columns } = dataset;
  const metric = metrics.get(dataset.metrics[0]!);
  const label = `${config.id} ${model.id}`;
  const objective = () =>
    createObjective({
      ...{ plugin: models.get(model.id), table, columns: columns.features, evaluationSet, metric },
      ...{ rule: decisionAim(config), seed: config.split.seed, workers: ports.workers },
    });
  const began = ports.seconds();
  const interruption = ports.interruption();
  const paramsOf = ({ params }: Trial) => ({ ...model.params, ...params });
  const ended = await runStudy(study, {
    trials: tuning.trials,
    objective,
    paramsOf,
    shouldEnd: () => {
      if (interruption.aborted) return 'interrupted';
      return tuning.timeout !== null && ports.seconds() - began > tuning.timeout ? 'timeout' : null;
    },
    progress: (done) =>
      ports.log.progress(`${label}: tuning`, Math.min(done, tuning.trials), tuning.trials, `${done} trials`),
  }).catch((error: unknown) => {
    throw error instanceof AppError ? currentFailed(open, metric.id, error) : error;
  });
  checkSuccess(open);
  const { best, current } = study;
  const isToJudge = ended !== 'interrupted' && best !== null && current !== null && !best.isCurrent;
  const judged = isToJudge ? await judge(open, paramsOf(best), best, ports) : null;
  return {
    result: {
      ...{ dataset: config.id, model: model.id, metric: metric.id, direction: metric.direction, journal },
      ...{ planned: tuning.trials, ended },
      trials: study.trials.filter(({ isAbandoned }) => !isAbandoned).map(trialResult),
      best: best?.number ?? null,
      judgement: judged?.judgement ?? null,
      run: judged?.run ?? null,
    },
    better: judged?.judgement?.isBetter ? best!.params : null,
    warnings: isToJudge ? fewRows(open) : endWarnings(ended, label),
  };
}

function trialResult({ number, state, value, params, reports, isCurrent, failure }: Trial) {
  return { number, state, value, params: { ...params }, lastStep: reports.at(-1)?.step ?? null, isCurrent, failure };
}

/** Compares the best trial with the current parameters on fold 0, and records it as a run; once for each trial. */
async function judge(
  { dataset, model, evaluationSet, study }: OpenStudy,
  params: ModelConfig['params'],
  best: Trial,
  ports: Ports,
): Promise<JudgedTrial> {
  const known = study.judged?.trial === best.number ? study.judged : null;
  if (known && (await isRecorded(known.run, dataset.config.id, model.id, ports))) return known;
  const preparation = { evaluationSet, rowSet: rowSetOf(evaluationSet), keyColumns: dataset.columns.keyColumns };
  const onTestSet = (config: ModelConfig): Promise<EvaluatedRun> =>
    trialRunOf(dataset, config, preparation, ports, (training) =>
      training.evidence === 'self_reported' ? training : { ...training, evidence: 'test' },
    );
  const current = await onTestSet(model);
  const winner = await onTestSet({ id: model.id, params });
  const judgement = judgeWinner(current, winner, dataset.metrics[0]!);
  const run = await record(winner.run, { trial: best.number, trials: study.nEnded }, ports);
  const judged = { trial: best.number, run, judgement };
  await study.judge(judged);
  return judged;
}

async function isRecorded(id: string, dataset: string, model: string, { runs }: Pick<Ports, 'runs'>): Promise<boolean> {
  return (await runs.list({ dataset, model })).runs.some((run) => run.id === id);
}

/** Records the run of a study's best trial, unless it is there from an earlier look at the same trials. */
async function record(
  run: Run,
  found: { readonly trial: number; readonly trials: number },
  ports: Ports,
): Promise<string> {
  const { dataset, model, params, data } = run;
  const study = { name: `${dataset} ${model}`, ...found };
  const same = (other: Run) =>
    JSON.stringify([other.study, other.params, other.data.sha256]) === JSON.stringify([study, params, data.sha256]);
  const earlier = (await ports.runs.list({ dataset, model })).runs.find(same);
  if (earlier) return earlier.id;
  // Its parameters are not those of the commit.
  await ports.runs.put([{ ...run, git: { ...run.git, dirty: true }, study }]);
  return run.id;
}

/** @throws DataError when there are trials, and none but that of the current parameters came to a value. */
function checkSuccess({ study, dataset, model, journal }: OpenStudy): void {
  const others = study.trials.filter(
    ({ isCurrent, isAbandoned, state }) => !isCurrent && !isAbandoned && state !== 'running',
  );
  if (others.length === 0 || others.some(({ state }) => state !== 'failed')) return;
  throw new DataError({
    file: journal,
    place: `tuning.spaces.${model.id}`,
    message: `every trial of ${dataset.config.id} ${model.id} failed, except that of the current parameters`,
    found: others[0]!.failure ?? 'no reason is known',
    next: 'change the search space, and move the journal away',
  });
}

function currentFailed({ dataset, model }: OpenStudy, metric: string, cause: AppError): AppError {
  const [problem] = cause.problems;
  return new DataError(
    {
      ...problem,
      message: `the current parameters of ${model.id} give no value of ${metric}: ${problem!.message}`,
      place: problem!.place ?? `datasets.${dataset.config.id}`,
      next: problem!.next ?? `run \`mlops train --dataset ${dataset.config.id} --model ${model.id}\` to see more`,
    },
    { cause },
  );
}

function endWarnings(ended: StudyEnd, label: string): string[] {
  return ended === 'interrupted' ? [`${label}: interrupted; run the command again to go on`] : [];
}

/** What to know of a test set that has few rows of a class. */
function fewRows({ dataset, model, evaluationSet }: OpenStudy): string[] {
  const { classes, values } = evaluationSet.target;
  const rows = testRowsOf(evaluationSet, 0);
  const counts = classes.map((_, k) => rows.reduce((sum, row) => sum + Number(values[row] === k), 0));
  const fewest = Math.min(...counts);
  if (!(fewest < FEW_ROWS)) return [];
  return [
    `${dataset.config.id} ${model.id}: fold 0 has ${fewest} rows of class "${classes[counts.indexOf(fewest)]}", so only a large gain can be shown`,
  ];
}
