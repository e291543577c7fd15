import type { Metric, MetricInput } from '../metrics/metric.ts';
import { square } from '../stats/elementary.ts';
import { studentTQuantile } from '../stats/student-t.ts';
import { takeValues } from '../table/take-values.ts';
import type { Estimate, MetricResult } from '../tracking/run.ts';
import type { CrossValidation } from './cross-validate.ts';
import { type Exam, metricInput, testedRowsOf, testRowsOf, trainRowsOf } from './exam.ts';
import { degreesOfFreedom, standardError } from './noise-of-rows.ts';
import { type PooledMetric, pooledMetric } from './pooled-metric.ts';
import { type SeedNoise, seedNoise } from './seed-noise.ts';

/** No value: not asked for, or not to be had. */
export const NOT_MEASURED: Estimate = { value: null, ci: null, se: null, n: 0 };

/** Everything a run records of one metric. */
export function metricResult(
  metric: Metric,
  exam: Exam,
  validation: Pick<CrossValidation, 'kept' | 'repeats'>,
): MetricResult {
  const { nFolds } = exam;
  const tested = testedRowsOf(exam);
  const folds = Uint8Array.from(tested, (row) => exam.folds[row]!);
  const repeats = validation.repeats.map((repeat) =>
    pooledMetric(metric, metricInput(exam, tested, repeat), folds, nFolds),
  );
  const clusters = clustersOf(exam, tested);
  const noise = seedNoise(repeats);
  const { kept } = validation;
  const testRows = testRowsOf(exam, 0);
  return {
    direction: metric.direction,
    train: kept ? estimate(metric, metricInput(exam, trainRowsOf(exam, 0), kept), null) : NOT_MEASURED,
    // The first repeat's model of fold 0 is the one that is kept.
    test: estimate(metric, metricInput(exam, testRows, validation.repeats[0]!), clustersOf(exam, testRows)),
    out_of_fold: pooledEstimate(metric, repeats, noise, { target: takeValues(exam.target.values, tested), clusters }),
    folds: Array.from({ length: nFolds }, (_, fold) => finite(mean(repeats.map((each) => each.folds[fold]!.value)))),
    seed_noise: noise,
  };
}

/** A metric of one model on rows it is examined on, with its 95 % interval. */
function estimate(metric: Metric, input: MetricInput, clusters: Uint32Array | null): Estimate {
  const n = input.target.length;
  const value = n === 0 ? Number.NaN : metric.compute(input);
  if (!Number.isFinite(value)) return { value: null, ci: null, se: null, n };
  const df = degreesOfFreedom(metric, input.target, clusters);
  return withInterval(metric, value, standardError(metric.influence(input), clusters), df, n);
}

/** The mean over repeats; its standard error holds the rows' share and the seeds' own. */
function pooledEstimate(
  metric: Metric,
  repeats: readonly PooledMetric[],
  noise: SeedNoise | null,
  { target, clusters }: { readonly target: Float64Array; readonly clusters: Uint32Array | null },
): Estimate {
  const n = repeats[0]!.influence.length;
  const value = mean(repeats.map((each) => each.value));
  if (!Number.isFinite(value)) return { value: null, ci: null, se: null, n };
  const influence = repeats[0]!.influence.map((_, row) => mean(repeats.map((each) => each.influence[row]!)));
  const se = Math.sqrt(square(standardError(influence, clusters)) + (noise?.variance ?? 0));
  return withInterval(metric, value, se, degreesOfFreedom(metric, target, clusters), n);
}

function withInterval({ range }: Metric, value: number, se: number, df: number, n: number): Estimate {
  if (!Number.isFinite(se)) return { value, ci: null, se: null, n };
  const reach = studentTQuantile(0.975, df) * se;
  return { value, ci: [Math.max(range[0], value - reach), Math.min(range[1], value + reach)], se, n };
}

function clustersOf({ clusters }: Exam, rows: Uint32Array): Uint32Array | null {
  return clusters && Uint32Array.from(rows, (row) => clusters[row]!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
