import type { OutOfFold, RowSet } from '../../core/evidence/evidence.ts';
import { dequantise } from '../../core/evidence/quantise.ts';
import { metrics } from '../../core/metrics/index.ts';

/** Thresholds that are tried. */
const STEPS = 40;
const thresholds = Array.from({ length: STEPS - 1 }, (_, i) => (i + 1) / STEPS);
/** How far below the best value the two thresholds lie, as a share of it: far enough that many rows are decided otherwise. */
const BELOW = 0.03;

/** The metric at every threshold. */
export function curveOf(metricId: string, repeats: readonly OutOfFold[], rowSet: RowSet): number[] {
  const metric = metrics.get(metricId);
  const scores = repeats.map(({ predictions }) => dequantise(predictions, rowSet.scale));
  return thresholds.map((threshold) => {
    const values = scores.map((score) =>
      metric.compute({
        ...{ target: rowSet.target!, nClasses: 2, score },
        predictedClass: score.map((each) => Number(each >= threshold)),
      }),
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/**
 * Two thresholds of one worth, on either side of the best: what one finds more of, the other is right in more often. The lower is one
 * that was tried; the higher is read off between two. Null where the curve does not fall that far on both sides.
 *
 * @param curve the metric at every threshold, its mean over replicates.
 */
export function equalThresholds(curve: readonly number[]): readonly [number, number] | null {
  const best = curve.reduce((at, value, i) => (value > curve[at]! ? i : at), 0);
  const enough = (1 - BELOW) * curve[best]!;
  const low = curve.findLastIndex((value, i) => i < best && value <= enough);
  if (low < 0) return null;
  const worth = curve[low]!;
  const high = curve.findIndex((value, i) => i > best && value <= worth);
  if (high < 0) return null;
  const [before, after] = [curve[high - 1]!, curve[high]!];
  const part = (before - worth) / (before - after);
  return [thresholds[low]!, thresholds[high - 1]! + part / STEPS];
}

/** The same predictions, decided by a threshold. */
export function decidedBy(threshold: number, repeats: readonly OutOfFold[], { scale }: RowSet): OutOfFold[] {
  return repeats.map(({ predictions }) => ({
    predictions,
    decisions: Uint8Array.from(dequantise(predictions, scale), (score) => Number(score >= threshold)),
  }));
}
