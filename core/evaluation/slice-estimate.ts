import type { Slice } from '../dataset/slices.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Estimate } from '../tracking/run.ts';
import type { CrossValidation } from './cross-validate.ts';
import { NOT_MEASURED, pooledEstimate } from './estimates.ts';
import type { EvaluationSet } from './evaluation-set.ts';
import { UNTESTED } from './split/split.ts';

/** Fewer rows than this tell nothing of a slice: it is shown and not gated. */
export const FEWEST_ROWS = 30;

/** A metric on the rows of a slice, each predicted by the model that did not see it; of few rows without a value. */
export function sliceEstimate(
  metric: Metric,
  evaluationSet: EvaluationSet,
  repeats: CrossValidation['repeats'],
  options: { readonly slice: Slice; readonly rowSet: string },
): Estimate {
  const rows = evaluationSet.order.filter(
    (row) => evaluationSet.folds[row] !== UNTESTED && options.slice.rows.has(row),
  );
  if (rows.length < FEWEST_ROWS) return { ...NOT_MEASURED, n: rows.length };
  return pooledEstimate(metric, evaluationSet, repeats, { rows, rowSet: options.rowSet }).estimate;
}
