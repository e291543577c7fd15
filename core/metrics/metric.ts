import type { Plugin } from '../registry/registry.ts';
import type { TargetType } from '../table/task.ts';

/** What a metric is computed from; all arrays have one entry per row and hold no NaN. */
export interface MetricInput {
  /** The true value (continuous) or class index. */
  readonly target: Float64Array;
  /** 0 for continuous targets. */
  readonly nClasses: number;
  /** Continuous: the predicted value. Binary: the probability of class 1. Multiclass: the probability of the predicted class. */
  readonly score: Float64Array;
  /** The index of the predicted class; for continuous targets the predicted value again. */
  readonly predictedClass: Float64Array;
  /**
   * nSamples × nClasses, row by row: of more than two classes the probability of each, a row's adding up to 1. Absent where
   * only classes were predicted.
   */
  readonly probabilities?: Float64Array;
  /** Non-negative; absent means 1 for every row. */
  readonly weights?: Float64Array;
}

/**
 * Whether a metric may be computed over rows predicted by different models. `pooled` metrics compare each row with its
 * own target. `ranked` metrics compare rows with each other, so over folds they are a mean of within-fold values
 * weighted by `foldWeight` (pooling raw scores of different fits biases them).
 */
type Pooling = 'pooled' | 'ranked';

interface MetricBase extends Plugin {
  readonly direction: 'maximize' | 'minimize';
  /** Lowest and highest value, both possible or infinite. Intervals are made on the scale that it implies. */
  readonly range: readonly [number, number];
  readonly targetTypes: readonly TargetType[];
  /**
   * What it is computed from: predicted values, predicted classes, `score` as a ranking or a probability, or the probability
   * of every class (of two, `score` tells both; of more the metric is NaN without `probabilities`).
   */
  readonly needs: 'values' | 'classes' | 'scores' | 'probabilities';
  /** Whether errors are shares of the true value, so that a single true value of 0 makes it huge. */
  readonly dividesByTarget?: true;
  /** Whether it is computed where `mlops.yml` lists no metrics. */
  readonly byDefault: boolean;
  /**
   * How a drop is tested where few rows say anything: by counting the rows that are right on one side alone (each row counts 1 or 0), or by
   * swapping rows between the sides. Absent: by Student's t however few they are.
   */
  readonly fewRows?: 'discordant_rows' | 'row_swaps';
  /** The metric's value; NaN where it is undefined (`roc_auc` of one class), never an exception. */
  compute(input: MetricInput): number;
  /** How much a fold counts in the mean of a `ranked` metric (`roc_auc`: its number of pairs); default its rows. */
  foldWeight?(target: Float64Array): number;
  /** Degrees of freedom of the row standard error; default n − 1. Rare classes count themselves (`roc_auc`: positives − 1). */
  degreesOfFreedom?(target: Float64Array): number;
}

/** A metric that every row moves smoothly. */
export interface InfluenceMetric extends MetricBase {
  readonly uncertainty: 'influence';
  readonly pooling: Pooling;
  /**
   * The influence of each row on the metric: nSamples values with weighted mean 0, such that giving row i the extra weight ε
   * changes the metric by about ε·influence[i]/n. The standard error of the metric is √(Σ influence²)/n.
   */
  influence(input: MetricInput): Float64Array;
  /**
   * The metric without each row, nSamples values; rows have no weights. Where it is there, the standard error comes from it (Tukey's
   * jackknife) and not from the influence, which is too small when rows are few.
   */
  withoutEach?(input: MetricInput): Float64Array;
  /** By how much the value is too high on average, because there are so few rows; absent means 0. Intervals allow for it. */
  bias?(input: MetricInput): number;
}

/** A metric without a usable derivative, which is computed again on rows drawn with replacement. */
interface BootstrapMetric extends MetricBase {
  readonly uncertainty: 'bootstrap';
  readonly pooling: 'pooled';
  /** The metric of these rows as a function of their weights; prepared once, since it is called a thousand times. */
  resample(input: MetricInput): (weights: ArrayLike<number>) => number;
  /**
   * The 95 % interval, where the percentiles of the bootstrap are none. `inputs`: the same rows as predicted by each repeat,
   * whose mean the value is. `inflation`: by how much other noise (that of seeds) makes the standard error larger than the
   * rows alone do, at least 1. `clusters`: nSamples, rows of one number belong together; null where each is on its own.
   */
  interval?(inputs: readonly MetricInput[], inflation: number, clusters: Uint32Array | null): readonly [number, number];
}

/** A metric for which no standard error is known to hold: it has a value and nothing more. */
interface PointMetric extends MetricBase {
  readonly uncertainty: 'none';
  readonly pooling: 'pooled';
}

/** One metric: what it is called, what it means, how it is computed and how sure one can be of it. */
export type Metric = InfluenceMetric | BootstrapMetric | PointMetric;

/** A metric of uniform type that keeps its id as a literal, for the registry's list of names. */
export function defineMetric<const Id extends string>(
  metric: Metric & { readonly id: Id },
): Metric & { readonly id: Id } {
  return metric;
}

/** Whether a metric can only be computed with `MetricInput.probabilities`. */
export function needsProbabilities({ needs }: Metric, nClasses: number): boolean {
  return needs === 'probabilities' && nClasses > 2;
}
