import type { TrainedModel } from '../models/trained-model.ts';
import { deriveSeed } from '../random/random.ts';
import type { Table } from '../table/table.ts';
import { type EvaluationSet, testRowsOf, trainRowsOf } from './evaluation-set.ts';
import type { FoldTrainer, Predictions } from './fold-trainer.ts';

export interface CrossValidation {
  /** The model that is kept, trained on every fold but 0, the test set; null where only a command can use it. */
  readonly model: TrainedModel | null;
  /** That model as a command left it, or null. */
  readonly modelFile: Uint8Array | null;
  /** What that model says of every row of the file, those it was trained on included; null where it cannot be asked. */
  readonly kept: Predictions | null;
  /** Per repeat, each row of the file predicted by the model that did not see it. */
  readonly repeats: readonly Predictions[];
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  /** Processor time of both; null where another process does the work. */
  readonly cpu: { readonly fitSeconds: number; readonly predictSeconds: number } | null;
  /** What the fits had to say, each message once. */
  readonly warnings: readonly string[];
}

/**
 * Trains a model once per fold and repeat on the other folds' rows, in the exam's order, and predicts the fold. Every fit
 * has a seed of its own.
 */
export async function crossValidate(options: {
  readonly trainer: FoldTrainer;
  readonly nRepeats: number;
  readonly table: Table;
  readonly evaluationSet: EvaluationSet;
  /** Folds to train for, 0 among them. Rows of the others are predicted by nobody and stay 0. */
  readonly folds: readonly number[];
  /** Whether the probabilities of all classes are to be kept; they are when every fold has them. */
  readonly probabilities?: boolean;
  readonly seed: number;
  readonly progress?: (done: number, total: number) => void;
}): Promise<CrossValidation> {
  const { trainer, nRepeats, table, evaluationSet, folds, seed, progress } = options;
  const { nRows } = table;
  const total = nRepeats * folds.length;
  const warnings = new Set<string>();
  const repeats: Predictions[] = [];
  let fitSeconds = 0;
  let predictSeconds = 0;
  let cpu: CrossValidation['cpu'] = { fitSeconds: 0, predictSeconds: 0 };
  let model: TrainedModel | null = null;
  let modelFile: Uint8Array | null = null;
  for (let repeat = 0; repeat < nRepeats; repeat++) {
    const outOfFold = { prediction: new Float64Array(nRows), decision: new Float64Array(nRows) };
    let probabilities = options.probabilities
      ? evaluationSet.target.classes.map(() => new Float64Array(nRows))
      : undefined;
    for (const [i, fold] of folds.entries()) {
      const testRows = testRowsOf(evaluationSet, fold);
      const trained = await trainer.train({
        fold,
        repeat,
        trainRows: trainRowsOf(evaluationSet, fold),
        testRows,
        seed: deriveSeed(seed, 'fit', fold, repeat),
      });
      const { predictions } = trained;
      if (!predictions.probabilities) probabilities = undefined;
      testRows.forEach((row, at) => {
        outOfFold.prediction[row] = predictions.prediction[at]!;
        outOfFold.decision[row] = predictions.decision[at]!;
        probabilities?.forEach((ofClass, k) => {
          ofClass[row] = predictions.probabilities![k]![at]!;
        });
      });
      fitSeconds += trained.fitSeconds;
      predictSeconds += trained.predictSeconds;
      cpu = cpu &&
        trained.cpu && {
          fitSeconds: cpu.fitSeconds + trained.cpu.fitSeconds,
          predictSeconds: cpu.predictSeconds + trained.cpu.predictSeconds,
        };
      for (const warning of trained.warnings) warnings.add(warning);
      if (repeat === 0 && fold === 0) ({ model, modelFile } = trained);
      progress?.(repeat * folds.length + i + 1, total);
    }
    repeats.push({ ...outOfFold, ...(probabilities && { probabilities }) });
  }
  const kept = model?.predict(table) ?? null;
  return { model, modelFile, kept, repeats, fitSeconds, predictSeconds, cpu, warnings: [...warnings] };
}
