import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import { r2 } from '../metrics/r2.ts';
import type { DecidedPredictions } from '../models/predictions.ts';
import { testedRowsOf } from './evaluation-set.ts';
import { metricInputAt } from './metric-input.ts';

/** Below this out-of-fold R², predictions are useless: the mean squared error is twice the variance of the target. */
const USELESS = -1;

/** A warning where values that were predicted out of fold are much worse than the mean of the target. */
export function farOffWarnings(evaluationSet: EvaluationSet, repeats: readonly DecidedPredictions[]): string[] {
  if (evaluationSet.target.type !== 'continuous') return [];
  const rows = testedRowsOf(evaluationSet);
  const worst = Math.min(...repeats.map((repeat) => r2.compute(metricInputAt(evaluationSet, rows, repeat))));
  if (!(worst < USELESS)) return [];
  return [
    `out-of-fold r2 is ${worst.toFixed(worst > -10 ? 1 : 0)}: predictions are much worse than the mean of the target would be. Look for rows far from all others, or make the model simpler (of linear_regression: raise alpha)`,
  ];
}
