import type { WorkerPool } from '../../ports/worker-pool.ts';
import type { Features } from '../../preprocessing/features.ts';
import { gradientBoosting } from '../gradient-boosting.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { FittedModel } from '../model.ts';

/** What `gradient_boosting` learns; targets are classes where `nClasses` is not 0. */
export function boosted(
  data: {
    readonly features: Features;
    readonly target: ArrayLike<number>;
    readonly nClasses?: number;
    readonly weights?: ArrayLike<number>;
    readonly keys?: ArrayLike<number>;
  },
  params: Readonly<Record<string, unknown>>,
  { seed = 1, workers = inlineWorkers }: { readonly seed?: number; readonly workers?: WorkerPool } = {},
): Promise<FittedModel> {
  const { features, target, nClasses = 0, weights, keys } = data;
  return gradientBoosting.fit(
    {
      ...{ features, target: Float64Array.from(target), nClasses },
      ...(weights && { weights: Float64Array.from(weights) }),
      ...(keys && { keys: Float64Array.from(keys) }),
    },
    params,
    { seed, workers, warn: () => {} },
  );
}
