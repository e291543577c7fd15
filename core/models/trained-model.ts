import type { WorkerPool } from '../ports/worker-pool.ts';
import type { Features } from '../preprocessing/features.ts';
import { fitPreprocessor, type Preprocessor } from '../preprocessing/preprocessor.ts';
import type { Table } from '../table/table.ts';
import { takeValues } from '../table/take-values.ts';
import { calibrated, type DecisionRule } from './decision/decision-rule.ts';
import type { FittedModel, ModelPlugin, TrainingData } from './model.ts';
import { type DecidedPredictions, decided } from './predictions.ts';
import type { ModelSignature } from './signature.ts';

/** A fitted model together with the preprocessing it was trained behind: from a table to predictions. */
export interface TrainedModel {
  readonly model: string;
  /** 0 for regression. */
  readonly nClasses: number;
  readonly preprocessor: Preprocessor;
  readonly fitted: FittedModel;
  /** How probabilities are calibrated and classes predicted; null: probabilities stay, the most probable class is predicted. */
  readonly rule: DecisionRule | null;
  /** What new rows have to be like; null before the model is kept. */
  readonly signature: ModelSignature | null;
  /** Predictions for the rows at these positions, all when absent, in their order. */
  predict(table: Table, rows?: ArrayLike<number>): DecidedPredictions;
  /** Predictions for rows that the model's preprocessor has encoded. */
  predictFeatures(features: Features): DecidedPredictions;
}

/** Rows of a table as a model learns from them. */
export interface PreparedRows {
  readonly preprocessor: Preprocessor;
  readonly data: TrainingData;
}

/** Fits the preprocessing on these rows of the table, in their order, and on nothing else. */
export function prepareRows(
  { encoding }: Pick<ModelPlugin, 'encoding'>,
  options: {
    readonly table: Table;
    readonly rows: Uint32Array;
    readonly columns: readonly string[];
    /** Per row of the table: the value or the class index. */
    readonly target: Float64Array;
    readonly nClasses: number;
    /** Per row of the table: its key. */
    readonly keys?: Float64Array;
  },
): PreparedRows {
  const { table, rows, columns, target, nClasses, keys } = options;
  const preprocessor = fitPreprocessor(table, columns, rows, encoding);
  const features = preprocessor.transform(table, rows);
  const pick = (values: Float64Array) => takeValues(values, rows);
  return { preprocessor, data: { features, target: pick(target), nClasses, ...(keys && { keys: pick(keys) }) } };
}

/** Fits a model on rows that were prepared for it. */
export async function trainModel(
  plugin: ModelPlugin,
  { preprocessor, data }: PreparedRows,
  options: {
    readonly params: Readonly<Record<string, unknown>>;
    readonly seed: number;
    readonly workers: WorkerPool;
    readonly warn?: (message: string) => void;
  },
): Promise<TrainedModel> {
  const { params, seed, workers, warn = () => {} } = options;
  const fitted = await plugin.fit(data, params, { seed, workers, warn });
  return createTrainedModel(plugin.id, data.nClasses, preprocessor, fitted);
}

export function createTrainedModel(
  model: string,
  nClasses: number,
  preprocessor: Preprocessor,
  fitted: FittedModel,
  signature: ModelSignature | null = null,
  rule: DecisionRule | null = null,
): TrainedModel {
  const predictFeatures = (features: Features) => {
    const outputs = fitted.predict(features);
    return decided({ outputs: rule ? calibrated(rule, outputs, nClasses) : outputs, nClasses }, rule?.threshold);
  };
  return {
    ...{ model, nClasses, preprocessor, fitted, rule, signature },
    predict: (table, rows) => predictFeatures(preprocessor.transform(table, rows)),
    predictFeatures,
  };
}

/** The same model, with this rule applied to its probabilities. */
export function withRule(trained: TrainedModel, rule: DecisionRule): TrainedModel {
  const { model, nClasses, preprocessor, fitted, signature } = trained;
  return createTrainedModel(model, nClasses, preprocessor, fitted, signature, rule);
}
