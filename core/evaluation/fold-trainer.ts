import type { MetricInput } from '../metrics/metric.ts';
import type { TrainedModel } from '../models/trained-model.ts';

/** Predictions as `MetricInput` wants them, one per row. */
export type Predictions = Pick<MetricInput, 'prediction' | 'decision' | 'probabilities'>;

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
  /** Per row of `testRows`, in their order. */
  readonly predictions: Predictions;
  /** The model, where it is one of the library; null where only a command can use it. */
  readonly model: TrainedModel | null;
  /** The model as a command left it; null when it left none. */
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
