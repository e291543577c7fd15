import type { WorkerPool } from '../ports/worker-pool.ts';
import { fitPreprocessor, type Preprocessor } from '../preprocessing/preprocessor.ts';
import type { Table } from '../table/table.ts';
import { takeValues } from '../table/take-values.ts';
import { calibrated, type DecisionRule } from './decision/decision-rule.ts';
import type { FittedModel, ModelPlugin } from './model.ts';
import type { ModelSignature } from './signature.ts';

/** A fitted model together with the preprocessing it was trained behind: from a table to predictions. */
export interface TrainedModel {
  readonly model: string;
  /** 0 for regression. */
  readonly nClasses: number;
  readonly preprocessor: Preprocessor;
  readonly fitted: FittedModel;
  /** What is made of its probabilities; null: they stay, and the most probable class is decided. */
  readonly rule: DecisionRule | null;
  /** What new rows have to be like; null before the model is kept. */
  readonly signature: ModelSignature | null;
  /**
   * Predictions for the rows at these positions (all when absent) as metrics want them: the value, or the probability
   * of class 1 of two, or of the decided class; the decision; of more than two classes the probability of each. Ties go to
   * the lower class. `outputs`: nSamples values, or nSamples × nClasses probabilities, by the rule where there is one.
   */
  predict(table: Table, rows?: ArrayLike<number>): Decided & { readonly outputs: Float64Array };
}

interface Decided {
  readonly prediction: Float64Array;
  readonly decision: Float64Array;
  /** nClasses × nSamples. */
  readonly probabilities?: readonly Float64Array[];
}

/**
 * Fits preprocessing and model on these rows of the table, in their order, and on nothing else.
 *
 * @param options.target per row of the table: the value or the class index.
 */
export async function trainModel(
  plugin: ModelPlugin,
  options: {
    readonly table: Table;
    readonly rows: Uint32Array;
    readonly columns: readonly string[];
    readonly target: Float64Array;
    readonly params: Readonly<Record<string, unknown>>;
    readonly nClasses: number;
    /** Per row of the table: its key. */
    readonly keys?: Float64Array;
    readonly seed: number;
    readonly workers: WorkerPool;
    readonly warn?: (message: string) => void;
  },
): Promise<TrainedModel> {
  const { table, rows, columns, target, params, nClasses, keys, seed, workers, warn = () => {} } = options;
  const preprocessor = fitPreprocessor(table, columns, rows, plugin.encoding);
  const features = preprocessor.transform(table, rows);
  const pick = (values: Float64Array) => takeValues(values, rows);
  const data = { features, target: pick(target), nClasses, ...(keys && { keys: pick(keys) }) };
  const fitted = await plugin.fit(data, params, { seed, workers, warn });
  return createTrainedModel(plugin.id, nClasses, preprocessor, fitted);
}

export function createTrainedModel(
  model: string,
  nClasses: number,
  preprocessor: Preprocessor,
  fitted: FittedModel,
  signature: ModelSignature | null = null,
  rule: DecisionRule | null = null,
): TrainedModel {
  return {
    model,
    nClasses,
    preprocessor,
    fitted,
    rule,
    signature,
    predict(table, rows) {
      const raw = fitted.predict(preprocessor.transform(table, rows));
      if (nClasses === 0) return { outputs: raw, prediction: raw, decision: raw };
      const outputs = rule ? calibrated(rule, raw, nClasses) : raw;
      return { outputs, ...decide(outputs, nClasses, rule?.threshold) };
    },
  };
}

/** The same model, with this made of its probabilities. */
export function withRule(trained: TrainedModel, rule: DecisionRule): TrainedModel {
  const { model, nClasses, preprocessor, fitted, signature } = trained;
  return createTrainedModel(model, nClasses, preprocessor, fitted, signature, rule);
}

/**
 * The most probable class of each row, the first of equals; and what metrics want of its probabilities. Of two classes with
 * another threshold than ½ the second where its probability is above it.
 */
export function decide(probabilities: Float64Array, nClasses: number, threshold = 0.5): Decided {
  const n = probabilities.length / nClasses;
  const prediction = new Float64Array(n);
  const decision = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let best = 0;
    for (let k = 1; k < nClasses; k++) {
      if (probabilities[row * nClasses + k]! > probabilities[row * nClasses + best]!) best = k;
    }
    if (nClasses === 2 && threshold !== 0.5) best = Number(probabilities[2 * row + 1]! > threshold);
    decision[row] = best;
    prediction[row] = probabilities[row * nClasses + (nClasses === 2 ? 1 : best)]!;
  }
  return { prediction, decision, ...(nClasses > 2 && { probabilities: byClass(probabilities, nClasses) }) };
}

function byClass(probabilities: Float64Array, nClasses: number): Float64Array[] {
  return Array.from({ length: nClasses }, (_, k) => {
    const ofClass = new Float64Array(probabilities.length / nClasses);
    for (let row = 0; row < ofClass.length; row++) ofClass[row] = probabilities[row * nClasses + k]!;
    return ofClass;
  });
}
