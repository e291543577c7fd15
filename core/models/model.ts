import type { z } from 'zod';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { FeatureEncoding } from '../preprocessing/feature-encoding.ts';
import type { Features } from '../preprocessing/features.ts';
import type { Plugin } from '../registry/registry.ts';
import type { Task } from '../table/task.ts';
import type { SearchSpace } from '../tuning/distribution.ts';
import type { ModelState } from './model-state.ts';

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
  /** Training rows below which a node counted as a leaf; absent where none did. */
  readonly leafBelow?: number;
}

/** A model that has learned. */
export interface FittedModel {
  /**
   * Regression: nSamples values. Classification: nSamples × nClasses probabilities, row by row, each row summing to 1.
   * The features must be encoded by the preprocessor that the model was trained behind.
   */
  predict(features: Features): Float64Array;
  /** nFeatures, summing to 1 (or all 0): the share of each feature in what the splits gained. Only models of trees have it. */
  readonly importances?: () => Float64Array;
  /**
   * SHAP values of rows, exact by default; a `summary` is faster, of trees without their smallest nodes, and good for means
   * over many rows. Only models of trees have it.
   */
  readonly explain?: (features: Features, detail?: 'exact' | 'summary') => Explanation;
  /** All that it has learned: a model rebuilt from it predicts the same bits. */
  readonly state: ModelState;
}

/**
 * A fit under way. Its steps are what the model grows by: the trees of a forest, the rounds of boosting; a model that learns
 * in one go has one step. However the steps are split into calls of `advance`, the model is the same to the last bit.
 */
export interface Fit {
  /** Steps in all. Falls to `done` when early stopping ends the fit. */
  readonly steps: number;
  /** Steps made so far. */
  readonly done: number;
  /**
   * Makes the next so many steps, at most those that are left. Calls are served one after the other.
   *
   * @throws RangeError unless `steps` is a whole number of at least 1; Error when the fit is closed.
   */
  advance(steps: number): Promise<void>;
  /** The model of the steps so far: a forest of so many trees, boosting of so many rounds. @throws Error before the first step. */
  snapshot(): FittedModel;
  /** Closes the fit and gives the model of the steps so far; the same one when asked again. */
  finish(): FittedModel;
  /** Gives up the memory of the fit. Models that were taken from it stay. */
  close(): void;
}

type Params = Readonly<Record<string, unknown>>;

/** A kind of model users can name in `mlops.yml`. `defineModel` makes one. */
export interface ModelPlugin extends Plugin {
  readonly tasks: readonly Task[];
  readonly encoding: FeatureEncoding;
  /** Whether a dataset that lists no models gets this one. */
  readonly byDefault: boolean;
  /** Parameters with scikit-learn's names, defaults and meaning; ranges are in the schema. */
  readonly params: z.ZodObject;
  /** What `mlops tune` searches where `mlops.yml` does not say; empty: there is nothing to search. */
  readonly space: SearchSpace;
  /** Whether another seed gives another model. Such models are trained twice per fold (`verdict.md`, repeats). */
  isRandom(params: Params): boolean;
  /**
   * Begins a fit; no step is made yet. Whoever starts a fit closes it.
   *
   * @throws ZodError for parameters outside the schema, DataError when there is no row, or none of any weight.
   */
  start(data: TrainingData, params: Params, context: FitContext): Promise<Fit>;
  /** Makes all the steps. @throws as `start` does. */
  fit(data: TrainingData, params: Params, context: FitContext): Promise<FittedModel>;
  /** Rebuilds a model from `modelStateToJson`'s value, which is hostile input. Throws StoreError, never reads out of bounds. */
  load(json: unknown): FittedModel;
}
