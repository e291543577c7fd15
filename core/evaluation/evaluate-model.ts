import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { Slice } from '../dataset/slices.ts';
import type { OutOfFold, RowSet } from '../evidence/evidence.ts';
import { rowsId } from '../evidence/evidence-codec.ts';
import { quantise, rowSetOf } from '../evidence/quantise.ts';
import { metrics } from '../metrics/index.ts';
import { type Metric, needsProbabilities } from '../metrics/metric.ts';
import type { RuleAim } from '../models/decision/fit-rule.ts';
import { type DecidedPredictions, takePredictions } from '../models/predictions.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import type { Log } from '../ports/log.ts';
import type { ProcessRunner } from '../ports/process-runner.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { Table } from '../table/table.ts';
import type { Task } from '../table/task.ts';
import type { Run } from '../tracking/run.ts';
import type { Settings, Trainer } from '../trainers/trainer.ts';
import type { FoldTrainer, SelfReporter, Training } from '../trainers/training.ts';
import { type CrossValidation, crossValidate } from './cross-validate.ts';
import { metricResults, type ValidatedPredictions } from './estimates.ts';
import { evaluationSetOfFold } from './evaluation-set.ts';
import { farOffWarnings } from './far-off.ts';
import { neighbourNote } from './neighbour-note.ts';
import { ruledTrainer } from './ruled-trainer.ts';
import { askSelfReports } from './self-report.ts';
import { sliceEstimates } from './slice-estimate.ts';

/** The rows that a model is evaluated on, and what is asked about them. */
export interface EvaluatedData {
  readonly table: Table;
  /** Columns to learn from, and the one to predict. */
  readonly columns: readonly string[];
  readonly target: string;
  readonly task: Task;
  readonly evaluationSet: EvaluationSet;
  /** Of all its rows: `rowSetOf(evaluationSet)`, made once for all models. */
  readonly rowSet: RowSet;
  /** Ids. */
  readonly metrics: readonly string[];
  readonly slices: readonly Slice[];
}

/** How a model is trained. */
export interface TrainingPlan {
  readonly trainer: Trainer;
  readonly settings: Settings;
  /** How often each fold is trained, with another seed each time. */
  readonly nRepeats: number;
  readonly seed: number;
  /** Calibration and threshold; null: the model's probabilities as they are. */
  readonly rule: RuleAim | null;
  /** Whether the metrics of the training rows are wanted too. */
  readonly onTrainingRows: boolean;
  /** Trains otherwise than asked for, to see what that changes. */
  readonly change?: (training: Training) => Training;
  /** Whether a row of the table may be learned from; default: all may. All are predicted. */
  readonly isLearnedFrom?: (row: number) => boolean;
}

/** What an evaluation may use of the world. */
export interface EvaluationContext {
  readonly workers: WorkerPool;
  /** Runs the commands of custom trainers. */
  readonly processes: ProcessRunner;
  /** Seconds of a clock that only goes forward. */
  readonly seconds: () => number;
  /** Seconds of processor time used so far, all threads together. */
  readonly cpuSeconds: () => number;
  readonly log: Log;
}

/** What training and evaluating a model gave. */
export interface EvaluatedModel {
  /** What a run records of it. Without slices where not all rows were predicted, or none were asked for. */
  readonly measured: Pick<Run, 'metrics' | 'slices' | 'threshold' | 'measuredOn' | 'timings' | 'warnings'>;
  /** What its predictions tell of the table. */
  readonly dataNotes: readonly string[];
  /** The rows it was evaluated on. */
  readonly rowSet: RowSet;
  /** Its out-of-fold predictions, one entry per repeat, per row of the evaluation set; null where it reports its own metrics. */
  readonly predictions: readonly DecidedPredictions[] | null;
  /** The same as evidence keeps them, per row of the row set. */
  readonly repeats: readonly OutOfFold[] | null;
  /** The model that is kept; null where only a command can use it. */
  readonly model: TrainedModel | null;
  /** The model file that a command wrote, or null. */
  readonly modelFile: Uint8Array | null;
}

/**
 * Trains a model on all folds and repeats, or as far as its trainer lets itself be evaluated: on the test set alone, or by the
 * metrics it reports. Nothing is stored.
 *
 * @param label names the model in messages.
 */
export async function evaluateModel(
  label: string,
  data: EvaluatedData,
  plan: TrainingPlan,
  context: EvaluationContext,
): Promise<EvaluatedModel> {
  const { workers, processes, seconds, cpuSeconds, log } = context;
  const prepared = plan.trainer.prepare(plan.settings, {
    ...data,
    dataset: data.evaluationSet.dataset,
    ...{ workers, processes, now: seconds, cpu: cpuSeconds, info: log.info },
  });
  const training = plan.change ? plan.change(prepared) : prepared;
  const progress = (done: number, total: number) => log.progress(label, done, total, `trained ${total} times`);
  const evaluated =
    training.evidence === 'self_reported'
      ? await selfReported(training.reporter, data, plan, progress)
      : await crossValidated(training, data, plan, progress);
  for (const warning of evaluated.measured.warnings) log.warn(`${label}: ${warning}`);
  return evaluated;
}

type Progress = (done: number, total: number) => void;

async function selfReported(
  reporter: SelfReporter,
  { evaluationSet, rowSet, metrics: ids }: EvaluatedData,
  { nRepeats, seed }: TrainingPlan,
  progress: Progress,
): Promise<EvaluatedModel> {
  const directionOf = (id: string) => metrics.get(id).direction;
  const said = await askSelfReports({ reporter, nRepeats, evaluationSet, seed, directionOf, progress });
  const reported = ids.flatMap((id) => (Object.hasOwn(said.metrics, id) ? [[id, said.metrics[id]!]] : []));
  return {
    measured: {
      metrics: Object.fromEntries(reported),
      measuredOn: 'self_reported',
      timings: { fitSeconds: said.fitSeconds, predictSeconds: 0 },
      warnings: [],
    },
    ...{ dataNotes: [], rowSet, predictions: null, repeats: null, model: null, modelFile: said.modelFile },
  };
}

async function crossValidated(
  { evidence, trainer }: Training & { readonly trainer: FoldTrainer },
  data: EvaluatedData,
  plan: TrainingPlan,
  progress: Progress,
): Promise<EvaluatedModel> {
  const { table, evaluationSet } = data;
  const { nRepeats, seed, rule, onTrainingRows, isLearnedFrom } = plan;
  const { classes } = evaluationSet.target;
  const isWhole = evidence === 'folds';
  const validation = await crossValidate({
    trainer: rule ? ruledTrainer(trainer, evaluationSet, rule) : trainer,
    ...{ nRepeats, table, evaluationSet, seed, onTrainingRows, progress, ...(isLearnedFrom && { isLearnedFrom }) },
    folds: isWhole ? Array.from({ length: evaluationSet.nFolds }, (_, fold) => fold) : [0],
  });
  const evaluated = isWhole
    ? { evaluationSet, rowSet: data.rowSet, ...validation }
    : onTestSet(evaluationSet, validation);
  const { repeats, rowSet } = evaluated;
  const needy = data.metrics.filter((id) => needsProbabilities(metrics.get(id), classes.length));
  const unmeasured = repeats.every(({ hasProbabilities }) => hasProbabilities) ? [] : needy;
  const measured = data.metrics.filter((id) => !unmeasured.includes(id)).map((id) => metrics.get(id));
  const predicted = { ...evaluated, seed: rowsId(rowSet) };
  const { model, modelFile, fitSeconds, predictSeconds, cpu, warnings } = validation;
  return {
    measured: {
      ...(model?.rule && { threshold: model.rule.threshold }),
      metrics: metricResults(measured, predicted),
      ...(isWhole && data.slices.length > 0 && { slices: slicesMeasured(data.slices, measured, predicted) }),
      ...(!isWhole && { measuredOn: evidence }),
      timings: { fitSeconds, predictSeconds, ...(cpu && { cpu }) },
      warnings: [
        ...warnings,
        ...farOffWarnings(evaluated.evaluationSet, repeats),
        ...unmeasured.map((id) => `${id} is not measured: ${lacksProbabilities(classes)}`),
      ],
    },
    dataNotes: neighbourNote(evaluated.evaluationSet, repeats),
    ...{ rowSet, model, modelFile, predictions: repeats },
    repeats: repeats.map((repeat) => quantise(rowSet, repeat, needy.length > 0)),
  };
}

function slicesMeasured(
  slices: readonly Slice[],
  measured: readonly Metric[],
  predicted: ValidatedPredictions,
): NonNullable<Run['slices']> {
  return slices.map((slice) => ({
    column: slice.column,
    value: slice.value,
    n: slice.rows.size,
    metrics: sliceEstimates(measured, slice, predicted),
  }));
}

/** What a validation says of fold 0, on an evaluation set of these rows alone. */
function onTestSet(evaluationSet: EvaluationSet, { repeats }: CrossValidation) {
  const { evaluationSet: own, rows } = evaluationSetOfFold(evaluationSet, 0);
  return {
    evaluationSet: own,
    rowSet: rowSetOf(own),
    training: null,
    repeats: repeats.map((repeat) => takePredictions(repeat, rows)),
  };
}

function lacksProbabilities(classes: readonly string[]): string {
  const columns = classes.slice(0, 3).map((name) => `"probability_${name}"`);
  return `it needs the probability of every class, and the command wrote classes only; let it write the columns ${columns.join(', ')}${classes.length > 3 ? ' …' : ''}`;
}
