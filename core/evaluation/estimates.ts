import type { Metric, MetricInput } from '../metrics/metric.ts';
import { square } from '../stats/elementary.ts';
import { studentTQuantile } from '../stats/student-t.ts';
import type { Estimate, MetricResult } from '../tracking/run.ts';
import type { CrossValidation } from './cross-validate.ts';
import { type Exam, metricInput, rowsOfFold } from './exam.ts';
import { type PooledMetric, pooledMetric, standardError } from './pooled-metric.ts';
import { type SeedNoise, seedNoise } from './seed-noise.ts';

/** No value: not asked for, or not to be had. */
export const NOT_MEASURED: Estimate = { value: null, ci: null, se: null, n: 0 };

/** Everything a run records of one metric. */
export function metricResult(
  metric: Metric,
  exam: Exam,
  validation: Pick<CrossValidation, 'kept' | 'repeats'>,
): MetricResult {
  const { order, nFolds } = exam;
  const folds = Uint8Array.from(order, (row) => exam.folds[row]!);
  const repeats = validation.repeats.map((repeat) =>
    pooledMetric(metric, metricInput(exam, order, repeat), folds, nFolds),
  );
  const noise = seedNoise(repeats);
  const { kept } = validation;
  const testRows = rowsOfFold(exam, 0, true);
  return {
    direction: metric.direction,
    train: kept ? estimate(metric, metricInput(exam, rowsOfFold(exam, 0, false), kept)) : NOT_MEASURED,
    // The first repeat's model of fold 0 is the one that is kept.
    test: estimate(metric, metricInput(exam, testRows, validation.repeats[0]!)),
    out_of_fold: pooledEstimate(metric, repeats, noise),
    folds: Array.from({ length: nFolds }, (_, fold) => finite(mean(repeats.map((each) => each.folds[fold]!.value)))),
    seed_noise: noise,
  };
}

/** A metric of one model on rows it is examined on, with its 95 % interval. */
function estimate(metric: Metric, input: MetricInput): Estimate {
  const n = input.target.length;
  const value = n === 0 ? Number.NaN : metric.compute(input);
  if (!Number.isFinite(value)) return { value: null, ci: null, se: null, n };
  const df = metric.degreesOfFreedom?.(input.target) ?? Math.max(1, n - 1);
  return withInterval(metric, value, standardError(metric.influence(input)), df, n);
}

/** The mean over repeats; its standard error holds the rows' share and the seeds' own. */
function pooledEstimate(metric: Metric, repeats: readonly PooledMetric[], noise: SeedNoise | null): Estimate {
  const n = repeats[0]!.influence.length;
  const value = mean(repeats.map((each) => each.value));
  if (!Number.isFinite(value)) return { value: null, ci: null, se: null, n };
  const influence = repeats[0]!.influence.map((_, row) => mean(repeats.map((each) => each.influence[row]!)));
  const se = Math.sqrt(square(standardError(influence)) + (noise?.variance ?? 0));
  return withInterval(metric, value, se, repeats[0]!.df, n);
}

function withInterval({ range }: Metric, value: number, se: number, df: number, n: number): Estimate {
  if (!Number.isFinite(se)) return { value, ci: null, se: null, n };
  const reach = studentTQuantile(0.975, df) * se;
  return { value, ci: [Math.max(range[0], value - reach), Math.min(range[1], value + reach)], se, n };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
