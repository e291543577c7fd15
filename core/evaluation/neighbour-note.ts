import { type EvaluationSet, UNTESTED } from '../dataset/evaluation-set.ts';
import type { DecidedPredictions } from '../models/predictions.ts';
import { square } from '../stats/elementary.ts';
import { metricInputAt } from './metric-input.ts';
import { meanOver } from './uncertainty/pooled-metric.ts';
import { rowLosses } from './uncertainty/row-losses.ts';

/** A correlation below it costs little. */
const WORTH_A_WORD = 0.1;
/** So many standard errors of a correlation of independent rows are no accident. */
const NO_ACCIDENT = 4;

/**
 * What to know of rows without an order of time whose losses resemble those of the rows before them in the file: the noise is then
 * larger than it looks. Rows of one group, or copies of each other, are known to resemble each other and do not count.
 *
 * @param repeats of each row of the file.
 */
export function neighbourNote(evaluationSet: EvaluationSet, repeats: readonly DecidedPredictions[]): string[] {
  const { folds, clusters, time } = evaluationSet;
  if (time) return [];
  const rows = Uint32Array.from(folds.keys()).filter((row) => folds[row] !== UNTESTED);
  const losses = meanOver(repeats.map((repeat) => rowLosses(metricInputAt(evaluationSet, rows, repeat))))!;
  const { correlation, pairs } = neighbourCorrelation(losses, clusters && rows.map((row) => clusters[row]!));
  if (!(correlation > Math.max(WORTH_A_WORD, NO_ACCIDENT / Math.sqrt(pairs)))) return [];
  return [
    `errors of rows next to each other in the file resemble each other (correlation ${correlation.toFixed(2)}), so intervals and tests may promise too much. If the rows are in the order of time, set \`split.time\`; if neighbours belong together (a customer, a machine), set \`split.group\`; if the file is only sorted, this does no harm`,
  ];
}

/**
 * Lag-1 autocorrelation over neighbours that are not in one cluster (`statsmodels.tsa.stattools.acf(losses, nlags=1)[1]` where none
 * are); NaN where nothing varies.
 *
 * @param clusters nSamples; null: each row is on its own.
 */
export function neighbourCorrelation(
  losses: Float64Array,
  clusters: Uint32Array | null,
): { readonly correlation: number; readonly pairs: number } {
  const n = losses.length;
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / n;
  const squares = losses.reduce((sum, loss) => sum + square(loss - mean), 0);
  let sum = 0;
  let pairs = 0;
  for (let row = 1; row < n; row++) {
    if (clusters && clusters[row] === clusters[row - 1]) continue;
    sum += (losses[row]! - mean) * (losses[row - 1]! - mean);
    pairs++;
  }
  return { correlation: ((sum / squares) * (n - 1)) / pairs, pairs };
}
