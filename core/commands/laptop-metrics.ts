import type { Run } from '../tracking/run.ts';

/** A run's numbers under the names that `metrics/metrics_<dataset>_<model>.json` has always had, for `dvc metrics`. */
export function laptopMetrics(run: Run): Record<string, number | null> {
  const [primary] = Object.values(run.metrics);
  const folds = (primary?.folds ?? []).filter((value) => value !== null);
  return {
    ...Object.fromEntries(
      Object.entries(run.metrics).flatMap(([id, { train, test }]) => [
        [`train_${id}`, train.value],
        [`test_${id}`, test.value],
      ]),
    ),
    cv_mean_score: mean(folds),
    cv_std_score: standardDeviation(folds),
  };
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Over all values (`numpy.std`); null for none. */
export function standardDeviation(values: readonly number[]): number | null {
  const centre = mean(values);
  return centre === null ? null : Math.sqrt(mean(values.map((value) => (value - centre) ** 2))!);
}
