import type { z } from 'zod';
import { DataError } from '../errors/app-error.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { FeatureEncoding } from '../preprocessing/feature-encoding.ts';
import type { Features } from '../preprocessing/features.ts';
import type { Plugin } from '../registry/registry.ts';
import type { Task } from '../table/task.ts';

/** What a fit learns from. */
export interface TrainingData {
  readonly features: Features;
  /** nSamples: the value (regression) or the class index 0…nClasses−1. Never missing. */
  readonly target: Float64Array;
  /** 0 for regression. A class may be absent from these rows. */
  readonly nClasses: number;
  /** nSamples, finite and ≥ 0: how much each row counts; absent: all the same. A row of weight 0 is as if it were not there. */
  readonly weights?: Float64Array;
  /** nSamples: a hash of each row, for models that hold some rows out; absent: rows are told apart by their place. */
  readonly keys?: Float64Array;
}

/** What a fit may use of the world. */
export interface FitContext {
  /** Everything random is drawn from streams of this seed. */
  readonly seed: number;
  readonly workers: WorkerPool;
  /** Tells the user, and the run, what they should know of this fit: that it stopped early, that it took a shortcut. */
  readonly warn: (message: string) => void;
}

/**
 * How much each feature moved each prediction (SHAP): `base[k]` plus the sum of `values` over the features is the model's
 * output k for the row, in the unit that the model adds up in (a value, a probability, or a log-odds). A regression has one
 * output, two classes have one (the positive class), more classes one each.
 */
export interface Explanation {
  readonly nOutputs: number;
  /** nOutputs: the mean output over the training rows. */
  readonly base: Float64Array;
  /** nSamples × nOutputs × nFeatures. */
  readonly values: Float64Array;
}

/** A model that has learned. Plain data: `load(toJSON())` predicts the same bits. */
export interface FittedModel {
  /**
   * Regression: nSamples values. Classification: nSamples × nClasses probabilities, row by row, each row summing to 1.
   * The features must be encoded by the preprocessor that the model was trained behind.
   */
  predict(features: Features): Float64Array;
  /** nFeatures, summing to 1 (or all 0): the share of each feature in what the splits gained. Trees alone have it. */
  readonly importances?: () => Float64Array;
  /** Exact SHAP values of rows. Trees alone have it. */
  readonly explain?: (features: Features) => Explanation;
  /** JSON with its typed arrays as `arrayToJson` gives them; the model's SHA-256 is taken over it. */
  toJSON(): unknown;
}

/** A kind of model users can name in `mlops.yml`. `Params` are validated before `fit` sees them. */
export interface ModelPlugin extends Plugin {
  readonly tasks: readonly Task[];
  readonly encoding: FeatureEncoding;
  /** Whether a data set that lists no models gets this one. */
  readonly byDefault: boolean;
  /** Parameters with scikit-learn's names, defaults and meaning; ranges are in the schema. */
  readonly params: z.ZodObject;
  /** Whether another seed gives another model. Such models are trained twice per fold (`verdict.md`, repeats). */
  isRandom(params: Readonly<Record<string, unknown>>): boolean;
  fit(data: TrainingData, params: Readonly<Record<string, unknown>>, context: FitContext): Promise<FittedModel>;
  /** Rebuilds a model from `toJSON()`'s value, which is hostile input. Throws StoreError, never reads out of bounds. */
  load(json: unknown): FittedModel;
}

/**
 * Writes a plugin with typed parameters as one of uniform type; `fit` and `isRandom` parse their parameters first, so
 * defaults are filled in and a bad value throws a ZodError before anything is learned. `fit` throws a DataError when there
 * is no row, or none of any weight.
 */
export function defineModel<const Id extends string, Schema extends z.ZodObject>(definition: {
  readonly id: Id;
  readonly summary: string;
  readonly tasks: readonly Task[];
  readonly encoding: FeatureEncoding;
  /** True when absent. */
  readonly byDefault?: boolean;
  readonly params: Schema;
  isRandom(params: z.infer<Schema>): boolean;
  fit(data: TrainingData, params: z.infer<Schema>, context: FitContext): Promise<FittedModel>;
  load(json: unknown): FittedModel;
}): ModelPlugin & { readonly id: Id } {
  const parse = (params: unknown) => definition.params.parse(params) as z.infer<Schema>;
  return {
    byDefault: true,
    ...definition,
    isRandom: (params) => definition.isRandom(parse(params)),
    async fit(data, params, context) {
      const parsed = parse(params);
      if (data.weights ? data.weights.every((weight) => weight === 0) : data.target.length === 0) throw noRows(data);
      return definition.fit(data, parsed, context);
    },
  };
}

function noRows({ target }: TrainingData): DataError {
  return new DataError({
    message: 'there is no row to learn from',
    found: target.length === 0 ? 'no training rows' : `${target.length} training rows, all of weight 0`,
  });
}
