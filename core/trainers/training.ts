import type { DecidedPredictions } from '../models/predictions.ts';
import type { TrainedModel } from '../models/trained-model.ts';

/** One fit: the rows to learn from, in their order, and those to predict. Positions in the table. */
export interface FoldTask {
  readonly fold: number;
  readonly repeat: number;
  readonly trainRows: Uint32Array;
  readonly testRows: Uint32Array;
  /** 32 bits; differs by fold and repeat. */
  readonly seed: number;
}

interface TrainedFold {
  /** Of the rows `testRows`, in their order. */
  readonly predictions: DecidedPredictions;
  /** The model, where it is one of the library; null where only a command can use it. */
  readonly model: TrainedModel | null;
  /** The model file that a command wrote; null when it wrote none. */
  readonly modelFile: Uint8Array | null;
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  /** Processor time of the same; null where another process does the work. */
  readonly cpu: { readonly fitSeconds: number; readonly predictSeconds: number } | null;
  readonly warnings: readonly string[];
}

/** Trains one fold, whatever does the training: a model in this process, or a command. */
export interface FoldTrainer {
  train(task: FoldTask): Promise<TrainedFold>;
}

/** Metrics that a command reports about its own model, by metric id. Nobody has checked them. */
export interface SelfReport {
  readonly metrics: ReadonlyMap<string, number>;
  readonly modelFile: Uint8Array | null;
  readonly seconds: number;
}

/** Trains without being evaluated: the trainer reports its own metrics. */
export interface SelfReporter {
  train(task: FoldTask): Promise<SelfReport>;
}

/** How a model can be evaluated: on every fold, on the test set (fold 0) alone, or by what it reports itself. */
export type Training =
  | { readonly evidence: 'folds' | 'test'; readonly trainer: FoldTrainer }
  | { readonly evidence: 'self_reported'; readonly reporter: SelfReporter };
