import { foldSpread } from '../../evaluation/fold-spread.ts';
import { fileStem } from '../../models/file-stem.ts';
import type { Run } from '../../tracking/run.ts';

/**
 * A run's numbers as `metrics/metrics_<dataset>_<model>.json` holds them, for `dvc metrics`: per metric its value on the training rows,
 * on the test set (fold 0) and out of fold, which is the one that gates judge; of the primary metric mean and standard deviation
 * over folds.
 */
export function laptopMetrics({ metrics }: Run): Record<string, number | null> {
  const [primary] = Object.values(metrics);
  const { mean, sd } = foldSpread(primary?.folds ?? []);
  return {
    ...Object.fromEntries(
      Object.entries(metrics).flatMap(([id, { train, test, outOfFold }]) => [
        [`train_${id}`, train.value],
        [`test_${id}`, test.value],
        [`oof_${id}`, outOfFold.value],
      ]),
    ),
    cv_mean_score: mean,
    cv_std_score: sd,
  };
}

/** Where they are, relative to the project. */
export function metricsPathOf(run: { readonly dataset: string; readonly model: string }): string {
  return `metrics/metrics_${fileStem(run)}.json`;
}
