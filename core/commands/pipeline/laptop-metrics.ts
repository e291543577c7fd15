import { mean, standardDeviation } from 'simple-statistics';
import type { Run } from '../../tracking/run.ts';

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
    cv_mean_score: spread(folds).mean,
    cv_std_score: spread(folds).sd,
  };
}

/** Mean and standard deviation over all values (`numpy.std`); null for none. */
export function spread(values: readonly number[]): { readonly mean: number | null; readonly sd: number | null } {
  if (values.length === 0) return { mean: null, sd: null };
  return { mean: mean([...values]), sd: standardDeviation([...values]) };
}
