import { regularizedBeta } from './student-t.ts';

/**
 * P(F > f) of the F distribution (`scipy.stats.f.sf`): the chance that a ratio of two estimates of one variance is as large. Degrees of
 * freedom need not be whole. NaN for a NaN or degrees of freedom ≤ 0.
 */
export function fSurvival(f: number, numeratorDf: number, denominatorDf: number): number {
  if (Number.isNaN(f) || !(numeratorDf > 0) || !(denominatorDf > 0)) return Number.NaN;
  if (f <= 0) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  return regularizedBeta(denominatorDf / (denominatorDf + numeratorDf * f), denominatorDf / 2, numeratorDf / 2);
}
