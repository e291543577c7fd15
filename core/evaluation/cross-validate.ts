import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { DecidedPredictions } from '../models/predictions.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { deriveSeed } from '../random/random.ts';
import type { Table } from '../table/table.ts';
import type { FoldTrainer } from '../trainers/training.ts';
import { testRowsOf, trainRowsOf } from './evaluation-set.ts';
import { createOutOfFold } from './out-of-fold.ts';

export interface CrossValidation {
  /** The model that is kept, trained on every fold but 0, the test set; null where only a command can use it. */
  readonly model: TrainedModel | null;
  /** That model as a command wrote it, or null. */
  readonly modelFile: Uint8Array | null;
  /** What that model predicts for the rows it was trained on, in their order; null where it is not or cannot be asked. */
  readonly training: DecidedPredictions | null;
  /** Per repeat, each row of the file predicted by the model that did not see it. */
  readonly repeats: readonly DecidedPredictions[];
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  /** Processor time of both; null where another process does the work. */
  readonly cpu: { readonly fitSeconds: number; readonly predictSeconds: number } | null;
  /** Warnings of the fits, each once, in the order of repeats and folds. */
  readonly warnings: readonly string[];
}

/**
 * Trains a model once per fold and repeat on the other folds' rows, in the order of the evaluation set, and predicts the
 * fold. Every fit has a seed of its own. The repeats of a fold follow each other, so that they can share its rows.
 */
export async function crossValidate(options: {
  readonly trainer: FoldTrainer;
  readonly nRepeats: number;
  readonly table: Table;
  readonly evaluationSet: EvaluationSet;
  /** Folds to train for, 0 among them. Rows of the others are predicted by no model and stay 0. */
  readonly folds: readonly number[];
  readonly seed: number;
  /** Whether a row may be learned from, where another fold is predicted; default: all may. */
  readonly isLearnedFrom?: (row: number) => boolean;
  /** Whether the kept model is asked about its training rows too; default: no. */
  readonly onTrainingRows?: boolean;
  readonly progress?: (done: number, total: number) => void;
}): Promise<CrossValidation> {
  const { trainer, nRepeats, table, evaluationSet, folds, seed, progress, isLearnedFrom = () => true } = options;
  const total = nRepeats * folds.length;
  const warnings = Array.from({ length: nRepeats }, (): string[][] => []);
  const repeats = warnings.map(() => createOutOfFold(table.nRows, evaluationSet.target.classes.length));
  let fitSeconds = 0;
  let predictSeconds = 0;
  let cpu: CrossValidation['cpu'] = { fitSeconds: 0, predictSeconds: 0 };
  let model: TrainedModel | null = null;
  let modelFile: Uint8Array | null = null;
  for (const [i, fold] of folds.entries()) {
    const trainRows = trainRowsOf(evaluationSet, fold).filter(isLearnedFrom);
    const rows = { trainRows, testRows: testRowsOf(evaluationSet, fold) };
    for (const [repeat, outOfFold] of repeats.entries()) {
      const trained = await trainer.train({ fold, repeat, ...rows, seed: deriveSeed(seed, 'fit', fold, repeat) });
      outOfFold.put(rows.testRows, trained.predictions);
      fitSeconds += trained.fitSeconds;
      predictSeconds += trained.predictSeconds;
      cpu = cpu &&
        trained.cpu && {
          fitSeconds: cpu.fitSeconds + trained.cpu.fitSeconds,
          predictSeconds: cpu.predictSeconds + trained.cpu.predictSeconds,
        };
      warnings[repeat]!.push([...trained.warnings]);
      if (repeat === 0 && fold === 0) ({ model, modelFile } = trained);
      progress?.(i * nRepeats + repeat + 1, total);
    }
  }
  return {
    model,
    modelFile,
    training: (options.onTrainingRows && model?.predict(table, trainRowsOf(evaluationSet, 0))) || null,
    repeats: repeats.map(({ predictions }) => predictions()),
    ...{ fitSeconds, predictSeconds, cpu },
    warnings: [...new Set(warnings.flat(2))],
  };
}
