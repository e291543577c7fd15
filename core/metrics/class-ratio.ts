import { type Confusion, confusionOf, rarestClassDf } from './confusion.ts';
import { defineMetric, type MetricInput } from './metric.ts';

/**
 * A class's ratio: `above` times the rows of the class that were decided for it, divided by `actual` times the rows of the
 * class plus `decided` times the rows decided for it.
 */
interface Ratio {
  readonly above: number;
  readonly actual: number;
  readonly decided: number;
}

export const PRECISION: Ratio = { above: 1, actual: 0, decided: 1 };
export const RECALL: Ratio = { above: 1, actual: 1, decided: 0 };
/** 2·TP / (2·TP + FP + FN). */
export const F1: Ratio = { above: 2, actual: 1, decided: 1 };

/**
 * How the ratios of the classes become one. `binary`: that of class 1 of two, of more classes as `macro`. `macro`: the plain
 * mean over the classes that occur among the true or the predicted classes. `weighted`: the mean over classes by their rows.
 */
type Average = 'binary' | 'macro' | 'weighted';

/**
 * A metric made of one ratio per class (`sklearn.metrics.precision_score`, `recall_score`, `f1_score` with this `average`). A
 * ratio with nothing below the line is 0, as in scikit-learn; NaN without rows, and of `binary` without a row of class 1.
 */
export function classRatio<const Id extends string>(id: Id, summary: string, ratio: Ratio, average: Average) {
  return defineMetric({
    id,
    summary,
    direction: 'maximize',
    range: [0, 1],
    targetTypes: ['binary', 'multiclass'],
    needs: 'classes',
    byDefault: average === 'binary',
    uncertainty: 'influence',
    pooling: 'pooled',
    compute: (input) => meanOf(parts(input, ratio, average)),
    influence(input) {
      const { confusion, shares, values, below } = parts(input, ratio, average);
      const { target, predictedClass } = input;
      const n = target.length;
      const mean = meanOf({ shares, values });
      const perClass = shares.map((share, label) => (below[label]! > 0 ? share / below[label]! : 0));
      return target.map((label, row) => {
        const choice = predictedClass[row]!;
        const ofActual = (label === choice ? ratio.above : 0) - values[label]! * ratio.actual;
        let moved = perClass[label]! * ofActual - perClass[choice]! * values[choice]! * ratio.decided;
        if (average === 'weighted') moved += (values[label]! - mean) / confusion.total;
        return n * moved;
      });
    },
    ...(average !== 'weighted' && { degreesOfFreedom: rarestClassDf, fewRows: 'row_swaps' as const }),
  });
}

interface Parts {
  readonly confusion: Confusion;
  /** nClasses each: the class's share in the mean, its ratio, and what is below its line. */
  readonly shares: Float64Array;
  readonly values: Float64Array;
  readonly below: Float64Array;
}

function parts(input: MetricInput, ratio: Ratio, average: Average): Parts {
  const confusion = confusionOf(input);
  const { actual, decided, hits } = confusion;
  const below = actual.map((weight, label) => ratio.actual * weight + ratio.decided * decided[label]!);
  const values = hits.map((weight, label) => (below[label]! > 0 ? (ratio.above * weight) / below[label]! : 0));
  return { confusion, shares: sharesOf(input, confusion, average), values, below };
}

function sharesOf({ target, nClasses }: MetricInput, confusion: Confusion, average: Average): Float64Array {
  const { actual, total, occurring } = confusion;
  if (average === 'weighted') return actual.map((weight) => weight / total);
  const shares = new Float64Array(nClasses);
  if (average === 'binary' && nClasses === 2) shares[1] = target.includes(1) ? 1 : Number.NaN;
  else for (const label of occurring) shares[label] = 1 / occurring.length;
  return shares;
}

function meanOf({ shares, values }: Pick<Parts, 'shares' | 'values'>): number {
  const any = shares.some((share) => share !== 0);
  return any ? shares.reduce((sum, share, label) => sum + share * values[label]!, 0) : Number.NaN;
}
