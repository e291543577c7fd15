import type { Slice } from '../../dataset/slices.ts';
import { type CrossValidation, crossValidate } from '../../evaluation/cross-validate.ts';
import { metricResult } from '../../evaluation/estimates.ts';
import { type EvaluationSet, evaluationSetOfFold } from '../../evaluation/evaluation-set.ts';
import { askSelfReports } from '../../evaluation/self-report.ts';
import { sliceEstimate } from '../../evaluation/slice-estimate.ts';
import type { OutOfFold, RowSet } from '../../evidence/evidence.ts';
import { quantise, rowSetOf } from '../../evidence/quantise.ts';
import { metrics } from '../../metrics/index.ts';
import { type Metric, needsProbabilities } from '../../metrics/metric.ts';
import type { TrainedModel } from '../../models/trained-model.ts';
import type { Run } from '../../tracking/run.ts';
import type { Training } from '../../trainers/trainer.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** What training and examining one model gave. */
export interface MeasuredModel {
  readonly metrics: Run['metrics'];
  /** Null where not all rows were predicted, or there are no slices. */
  readonly slices: NonNullable<Run['slices']> | null;
  /** The rows it was examined on. */
  readonly rowSet: RowSet;
  /** Its out-of-fold predictions; null where there are only its own words. */
  readonly evidence: readonly OutOfFold[] | null;
  readonly model: TrainedModel | null;
  readonly modelFile: Uint8Array | null;
  readonly timings: Run['timings'];
  readonly warnings: readonly string[];
}

/**
 * Trains a model as its trainer lets itself be examined: on every fold, on the test set alone, or by its own words.
 *
 * @param options.rowSet of the whole exam, made once for all models.
 */
export async function measureModel(
  training: Training,
  options: {
    readonly dataset: LoadedDataset;
    readonly evaluationSet: EvaluationSet;
    readonly rowSet: RowSet;
    readonly nRepeats: number;
    readonly progress: (done: number, total: number) => void;
  },
): Promise<MeasuredModel> {
  const { dataset, evaluationSet, rowSet, nRepeats, progress } = options;
  const { seed } = dataset.config.split;
  if (training.evidence === 'self_reported') {
    const { reporter } = training;
    const directionOf = (id: string) => metrics.get(id).direction;
    const said = await askSelfReports({ reporter, nRepeats, evaluationSet, seed, directionOf, progress });
    const expected = dataset.metrics.flatMap((id) =>
      Object.hasOwn(said.metrics, id) ? [[id, said.metrics[id]!]] : [],
    );
    return {
      metrics: Object.fromEntries(expected),
      slices: null,
      rowSet,
      evidence: null,
      model: null,
      modelFile: said.modelFile,
      timings: { fitSeconds: said.fitSeconds, predictSeconds: 0 },
      warnings: [],
    };
  }
  const nClasses = evaluationSet.target.classes.length;
  const needy = dataset.metrics.filter((id) => needsProbabilities(metrics.get(id), nClasses));
  const isWhole = training.evidence === 'folds';
  const validation = await crossValidate({
    trainer: training.trainer,
    nRepeats,
    table: dataset.table,
    evaluationSet,
    folds: isWhole ? Array.from({ length: evaluationSet.nFolds }, (_, fold) => fold) : [0],
    probabilities: needy.length > 0,
    seed,
    progress,
  });
  const examined = isWhole ? { evaluationSet, rowSet, ...validation } : onTestSet(evaluationSet, validation);
  const unmeasured = examined.repeats.every(({ probabilities }) => probabilities) ? [] : needy;
  const measured = dataset.metrics.filter((id) => !unmeasured.includes(id)).map((id) => metrics.get(id));
  return {
    metrics: Object.fromEntries(
      measured.map((metric) => [metric.id, metricResult(metric, examined.evaluationSet, examined, examined.rowSet.id)]),
    ),
    slices: isWhole && dataset.slices.length > 0 ? slicesMeasured(dataset.slices, measured, examined) : null,
    rowSet: examined.rowSet,
    evidence: examined.repeats.map((repeat) => quantise(examined.rowSet, repeat)),
    model: validation.model,
    modelFile: validation.modelFile,
    timings: {
      fitSeconds: validation.fitSeconds,
      predictSeconds: validation.predictSeconds,
      ...(validation.cpu && {
        cpu: { fitSeconds: validation.cpu.fitSeconds, predictSeconds: validation.cpu.predictSeconds },
      }),
    },
    warnings: [
      ...validation.warnings,
      ...unmeasured.map((id) => `${id} is not measured: ${lacksProbabilities(evaluationSet.target.classes)}`),
    ],
  };
}

function slicesMeasured(
  slices: readonly Slice[],
  measured: readonly Metric[],
  {
    evaluationSet,
    rowSet,
    repeats,
  }: { readonly evaluationSet: EvaluationSet; readonly rowSet: RowSet } & Pick<CrossValidation, 'repeats'>,
): NonNullable<Run['slices']> {
  return slices.map((slice) => {
    const estimates = measured.map((metric) => [
      metric.id,
      sliceEstimate(metric, evaluationSet, repeats, { slice, rowSet: rowSet.id }),
    ]);
    return {
      column: slice.column,
      value: slice.value,
      n: slice.rows.size,
      metrics: Object.fromEntries(estimates),
    };
  });
}

/** What of a validation is about fold 0, on the exam of these rows alone. */
function onTestSet(evaluationSet: EvaluationSet, { repeats }: CrossValidation) {
  const { evaluationSet: own, rows } = evaluationSetOfFold(evaluationSet, 0);
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    evaluationSet: own,
    rowSet: rowSetOf(own),
    kept: null,
    repeats: repeats.map(({ prediction, decision, probabilities }) => ({
      prediction: pick(prediction),
      decision: pick(decision),
      ...(probabilities && { probabilities: probabilities.map(pick) }),
    })),
  };
}

function lacksProbabilities(classes: readonly string[]): string {
  const columns = classes.slice(0, 3).map((name) => `"probability_${name}"`);
  return `it needs the probability of every class, and the command gave classes alone; let it write the columns ${columns.join(', ')}${classes.length > 3 ? ' …' : ''}`;
}
