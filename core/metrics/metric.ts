import type { TargetType } from '../models/model.ts';
import type { Plugin } from '../registry/registry.ts';

/** What a metric is computed from; all arrays have one entry per row and hold no NaN. */
export interface MetricInput {
  /** The true value (continuous) or class index. */
  readonly target: Float64Array;
  /** 0 for continuous targets. */
  readonly nClasses: number;
  /** Continuous: the predicted value. Binary: the probability of class 1. Multiclass: the probability of the decided class. */
  readonly prediction: Float64Array;
  /** The decided class index; for continuous targets the predicted value again. */
  readonly decision: Float64Array;
  /** Non-negative; absent means 1 for every row. */
  readonly weights?: Float64Array;
}

/**
 * Whether a metric may be computed over rows predicted by different models. `pooled` metrics compare each row with its
 * own target. `ranked` metrics compare rows with each other, so over folds they are a mean of within-fold values
 * weighted by `foldWeight` (pooling raw scores of different fits biases them).
 */
type Pooling = 'pooled' | 'ranked';

/** One metric: what it is called, what it means, how it is computed and how each row moves it. */
export interface Metric extends Plugin {
  readonly direction: 'maximize' | 'minimize';
  readonly range: readonly [number, number];
  readonly targetTypes: readonly TargetType[];
  readonly pooling: Pooling;
  /** The metric's value; NaN where it is undefined (`roc_auc` of one class), never an exception. */
  compute(input: MetricInput): number;
  /**
   * The influence of each row on the metric: nSamples values with weighted mean 0, such that giving row i the extra weight ε
   * changes the metric by about ε·influence[i]/n. The standard error of the metric is √(Σ influence²)/n.
   */
  influence(input: MetricInput): Float64Array;
  /** How much a fold counts in the mean of a `ranked` metric (`roc_auc`: its number of pairs). Absent for `pooled`. */
  foldWeight?(target: Float64Array): number;
  /** Degrees of freedom of the row standard error; default n − 1. Rare classes count themselves (`roc_auc`: positives − 1). */
  degreesOfFreedom?(target: Float64Array): number;
}

/** A metric of uniform type that keeps its id as a literal, for the registry's list of names. */
export function defineMetric<const Id extends string>(
  metric: Metric & { readonly id: Id },
): Metric & { readonly id: Id } {
  return metric;
}
