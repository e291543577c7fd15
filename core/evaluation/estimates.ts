import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { Metric, MetricInput } from '../metrics/metric.ts';
import type { DecidedPredictions } from '../models/predictions.ts';
import { square } from '../stats/elementary.ts';
import { satterthwaiteDf } from '../stats/satterthwaite.ts';
import { takeValues } from '../table/take-values.ts';
import type { Estimate, MetricResult } from '../tracking/run.ts';
import { testedRowsOf, testRowsOf, trainRowsOf } from './evaluation-set.ts';
import { metricInput, metricInputAt } from './metric-input.ts';
import type { Resampling } from './uncertainty/bootstrap.ts';
import { effectiveDf, intervalOf } from './uncertainty/interval.ts';
import { standardError } from './uncertainty/noise-of-rows.ts';
import { meanOver, type PooledMetric, pooledMetric } from './uncertainty/pooled-metric.ts';
import { type SeedNoise, seedNoise } from './uncertainty/seed-noise.ts';
import { inStretches } from './uncertainty/stretches.ts';
import { settled, unitOf, withinRange } from './uncertainty/within-range.ts';

/** No value: not asked for, or not to be had. */
export const NOT_MEASURED: Estimate = { value: null, ci: null, se: null, n: 0 };

/** What a cross-validation predicted. */
export interface ValidatedPredictions {
  readonly evaluationSet: EvaluationSet;
  /** Of the rows that the kept model was trained on, in their order; null: not asked for, or not to be had. */
  readonly training: DecidedPredictions | null;
  /** Per repeat, of each row of the file. */
  readonly repeats: readonly DecidedPredictions[];
  /** Of what is random: the id of the rows. */
  readonly seed: string;
}

/** Everything that a run records about these metrics, by id. */
export function metricResults(
  metrics: readonly Metric[],
  predicted: ValidatedPredictions,
): Record<string, MetricResult> {
  const { evaluationSet, training, repeats, seed } = predicted;
  const targetOf = (rows: Uint32Array) => takeValues(evaluationSet.target.values, rows);
  const trainInput = training && metricInput(targetOf(trainRowsOf(evaluationSet, 0)), training);
  const testRows = testRowsOf(evaluationSet, 0);
  // The first repeat's model of fold 0 is the one that is kept.
  const testInput = metricInputAt(evaluationSet, testRows, repeats[0]!);
  const testResampling = {
    ...{ seed, strata: new Uint8Array(testRows.length) },
    ...dependenceOf(evaluationSet, testRows),
  };
  const pooledOf = pooledEstimates(predicted, testedRowsOf(evaluationSet));
  const resultOf = (metric: Metric): MetricResult => {
    const pooled = pooledOf(metric);
    return {
      direction: metric.direction,
      train: trainInput ? onTraining(metric, trainInput) : NOT_MEASURED,
      test: onTest(metric, testInput, testResampling),
      outOfFold: pooled.estimate,
      folds: foldMeans(pooled.repeats, evaluationSet.nFolds),
      seedNoise: pooled.noise,
    };
  };
  return Object.fromEntries(metrics.map((metric) => [metric.id, resultOf(metric)]));
}

/** Per fold, the mean over repeats; null where the metric is undefined. */
export function foldMeans(repeats: readonly PooledMetric[], nFolds: number): (number | null)[] {
  return Array.from({ length: nFolds }, (_, fold) => finite(mean(repeats.map((each) => each.folds[fold]!.value))));
}

/** Metrics over these rows, each predicted by the model that did not see it, repeat by repeat and as their mean. */
export function pooledEstimates(
  { evaluationSet, repeats, seed }: Omit<ValidatedPredictions, 'training'>,
  rows: Uint32Array,
): (metric: Metric) => OutOfFoldEstimate {
  const strata = Uint8Array.from(rows, (row) => evaluationSet.folds[row]!);
  const inputs = repeats.map((repeat) => metricInputAt(evaluationSet, rows, repeat));
  const resampling = { seed, strata, ...dependenceOf(evaluationSet, rows) };
  return (metric) => outOfFold(metric, inputs, evaluationSet.nFolds, resampling);
}

/** A metric of out-of-fold predictions, repeat by repeat and as their mean. */
interface OutOfFoldEstimate {
  readonly estimate: Estimate;
  readonly repeats: readonly PooledMetric[];
  readonly noise: SeedNoise | null;
}

/**
 * A metric of out-of-fold predictions.
 *
 * @param inputs the same rows as predicted by each repeat.
 * @param dependence its strata are the folds of the rows.
 */
export function outOfFold(
  metric: Metric,
  inputs: readonly MetricInput[],
  nFolds: number,
  dependence: Resampling,
): OutOfFoldEstimate {
  const resampling = inStretches(metric, inputs, nFolds, dependence);
  const repeats = inputs.map((input) => pooledMetric(metric, input, resampling.strata, nFolds, resampling));
  const noise = seedNoise(repeats);
  return { estimate: estimateOf(metric, inputs, repeats, noise, resampling.clusters), repeats, noise };
}

/** On rows that the model was trained on no interval says anything of other rows, so there is none. */
function onTraining(metric: Metric, input: MetricInput): Estimate {
  return { value: finite(withinRange(metric, metric.compute(input))), ci: null, se: null, n: input.target.length };
}

function onTest(metric: Metric, input: MetricInput, resampling: Resampling): Estimate {
  const n = input.target.length;
  return n === 0 ? NOT_MEASURED : outOfFold(metric, [input], 1, resampling).estimate;
}

/** The mean over repeats with its 95 % interval; the standard error holds the rows' share and the seeds' own. */
function estimateOf(
  metric: Metric,
  inputs: readonly MetricInput[],
  repeats: readonly PooledMetric[],
  noise: SeedNoise | null,
  clusters: Resampling['clusters'],
): Estimate {
  const n = inputs[0]!.target.length;
  const value = mean(repeats.map((each) => each.value));
  if (!Number.isFinite(value)) return { value: null, ci: null, se: null, n };
  const deviations = meanOver(repeats.map((each) => each.deviations));
  if (!deviations) return { value, ci: null, se: null, n };
  const ofRows = settled(standardError(deviations), unitOf(metric, value));
  const se = Math.sqrt(square(ofRows) + (noise?.variance ?? 0));
  if (!Number.isFinite(se)) return { value, ci: null, se: null, n };
  const draws = meanOver(repeats.map((each) => each.draws));
  if (metric.uncertainty !== 'bootstrap' || !draws) {
    const unbiased = Math.max(metric.range[0], value - mean(repeats.map((each) => each.bias)));
    const df = satterthwaiteDf([
      { variance: square(ofRows), df: ofRows > 0 ? Math.min(repeats[0]!.df, effectiveDf(deviations)) : repeats[0]!.df },
      ...(noise ? [noise] : []),
    ]);
    return { value, ci: around(value, intervalOf(metric.range, unbiased, { se, df })), se, n };
  }
  const inflation = ofRows > 0 ? se / ofRows : 1;
  const [low, high] = metric.interval ? metric.interval(inputs, inflation, clusters) : percentiles(draws);
  // What is made of the rows alone is stretched by what seeds add.
  const stretch = metric.interval ? 1 : inflation;
  const inRange = (bound: number) => Math.min(metric.range[1], Math.max(metric.range[0], bound));
  const ci = [value - (value - low) * stretch, value + (high - value) * stretch].map(inRange) as [number, number];
  return { value, ci: around(value, ci), se, n };
}

/** An interval holds its value, whatever bias it allows for. */
function around(value: number, [low, high]: readonly [number, number]): [number, number] | null {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  return [Math.min(low, value), Math.max(high, value)];
}

/** The middle 95 % of the draws (Efron & Tibshirani 1993, §13.3). */
function percentiles(draws: Float64Array): [number, number] {
  const sorted = draws.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length + 1)) - 1)]!;
  return [at(0.025), at(0.975)];
}

/** How rows resemble each other. */
function dependenceOf({ clusters, time }: EvaluationSet, rows: Uint32Array): Pick<Resampling, 'clusters' | 'isInTime'> {
  return { clusters: clusters && Uint32Array.from(rows, (row) => clusters[row]!), isInTime: time !== null };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
