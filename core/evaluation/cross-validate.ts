import type { ModelPlugin, WorkerPool } from '../models/model.ts';
import { type TrainedModel, trainModel } from '../models/trained-model.ts';
import { deriveSeed } from '../random/random.ts';
import type { Table } from '../table/table.ts';
import { type Exam, rowsOfFold } from './exam.ts';

/** Predictions per row of the file, as `MetricInput` wants them. */
export interface Predictions {
  readonly prediction: Float64Array;
  readonly decision: Float64Array;
}

export interface CrossValidation {
  /** The model that is kept: trained on every fold but 0, the test set. */
  readonly model: TrainedModel;
  /** What that model says of every row, those it was trained on included. */
  readonly kept: Predictions;
  /** Per repeat, each row predicted by the model that did not see it. */
  readonly repeats: readonly Predictions[];
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  /** What the fits had to say, each message once. */
  readonly warnings: readonly string[];
}

/** Repeats of a fit that is random: two, so that its own noise can be told from a change. */
export const RANDOM_REPEATS = 2;

/**
 * Trains a model once per fold and repeat on the other folds' rows, in the exam's order, and predicts the fold. A model
 * whose fit is random gets another seed per repeat, others have one repeat.
 *
 * @param now seconds, for the timings.
 */
export async function crossValidate(options: {
  readonly plugin: ModelPlugin;
  readonly params: Readonly<Record<string, unknown>>;
  readonly table: Table;
  readonly columns: readonly string[];
  readonly exam: Exam;
  readonly seed: number;
  readonly workers: WorkerPool;
  readonly now: () => number;
  readonly progress?: (done: number, total: number) => void;
}): Promise<CrossValidation> {
  const { plugin, params, table, columns, exam, seed, workers, now, progress } = options;
  const nRepeats = plugin.isRandom(params) ? RANDOM_REPEATS : 1;
  const total = nRepeats * exam.nFolds;
  let fitSeconds = 0;
  let predictSeconds = 0;
  const timed = async <T>(work: () => T | Promise<T>): Promise<[T, number]> => {
    const start = now();
    return [await work(), now() - start];
  };
  const warnings = new Set<string>();
  let model: TrainedModel | undefined;
  let kept: Predictions | undefined;
  const repeats: Predictions[] = [];
  for (let repeat = 0; repeat < nRepeats; repeat++) {
    const outOfFold = { prediction: new Float64Array(table.nRows), decision: new Float64Array(table.nRows) };
    for (let fold = 0; fold < exam.nFolds; fold++) {
      const [trained, fitTime] = await timed(() =>
        trainModel(plugin, {
          table,
          rows: rowsOfFold(exam, fold, false),
          columns,
          target: exam.target.values,
          params,
          nClasses: exam.target.classes.length,
          keys: exam.keys,
          seed: deriveSeed(seed, 'fit', fold, repeat),
          workers,
          warn: (message) => warnings.add(message),
        }),
      );
      const rows = rowsOfFold(exam, fold, true);
      const [said, predictTime] = await timed(() => trained.predict(table, rows));
      rows.forEach((row, i) => {
        outOfFold.prediction[row] = said.prediction[i]!;
        outOfFold.decision[row] = said.decision[i]!;
      });
      fitSeconds += fitTime;
      predictSeconds += predictTime;
      if (repeat === 0 && fold === 0) {
        model = trained;
        kept = trained.predict(table);
      }
      progress?.(repeat * exam.nFolds + fold + 1, total);
    }
    repeats.push(outOfFold);
  }
  return { model: model!, kept: kept!, repeats, fitSeconds, predictSeconds, warnings: [...warnings] };
}
