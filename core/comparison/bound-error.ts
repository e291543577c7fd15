import type { Metric, MetricInput } from '../metrics/metric.ts';
import { square } from '../stats/elementary.ts';
import { type ComparedInputs, rightDifferences } from './few-rows.ts';

/**
 * Rows on which the sides differ that are added to those seen, so that an upper bound of the drop holds for few of them: √(k + 2.7)/n. With
 * none in n rows the 95 % bound is 2.7/n; the exact one, 1 − .05^(1/n), is about 3/n.
 */
const UNSEEN = 2.7;

/** What is known of the noise of a difference. */
interface Noise {
  readonly error: number;
  readonly rowVariance: number;
  /** By how much other folds widen the rows' variance. */
  readonly wider: number;
  /** Variance that seeds add. */
  readonly extra: number;
  /** Rows, or clusters. */
  readonly nUnits: number;
}

/**
 * The standard error that an upper bound of the drop needs. Of rows that are right or wrong, those on which the sides differ tell too
 * little while they are few. Classes that are predicted otherwise, and yet without any noise, bound nothing: null.
 */
export function boundError(
  { fewRows }: Pick<Metric, 'fewRows'>,
  { before, after, clusters }: Pick<ComparedInputs, 'before' | 'after' | 'clusters'>,
  { error, rowVariance, wider, extra, nUnits }: Noise,
): number | null {
  // What predicts the same is the same.
  if (areEqual(before, after)) return error;
  if (fewRows === 'discordant_rows') {
    const seen = rightDifferences(before, after).reduce((sum, moved) => sum + square(moved), 0);
    const n = before[0]!.target.length;
    const ofRows = clusters ? rowVariance + UNSEEN / square(nUnits) : (wider * (seen + UNSEEN)) / square(n);
    return Math.sqrt(ofRows + extra);
  }
  return error === 0 && before[0]!.nClasses > 0 ? null : error;
}

/** Whether both sides predict the same for every row. */
export function areEqual(before: readonly MetricInput[], after: readonly MetricInput[]): boolean {
  const same = (a: Float64Array | undefined, b: Float64Array | undefined) =>
    a === b || (a !== undefined && b !== undefined && a.every((value, i) => value === b[i]));
  return (
    before.length === after.length &&
    before.every((input, i) => {
      const other = after[i]!;
      return (
        same(input.score, other.score) &&
        same(input.predictedClass, other.predictedClass) &&
        same(input.probabilities, other.probabilities)
      );
    })
  );
}
