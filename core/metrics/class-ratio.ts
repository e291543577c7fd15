import { defineMetric, type MetricInput } from './metric.ts';

/** What a row adds above and below the line of a class's ratio, given whether it is of the class and was decided so. */
type RowParts = (actual: boolean, decided: boolean) => readonly [above: number, below: number];

/**
 * A metric that is, for each class, a ratio of two sums over rows (precision, recall, F1). Binary targets: the ratio of
 * class 1. Multiclass: the plain mean over the classes that occur in target or decision (`average="macro"`). A ratio
 * with nothing below the line is 0, as in scikit-learn; without a row of class 1 in a binary target the metric is NaN.
 */
export function classRatio<const Id extends string>(id: Id, summary: string, parts: RowParts) {
  return defineMetric({
    id,
    summary,
    direction: 'maximize',
    range: [0, 1],
    targetTypes: ['binary', 'multiclass'],
    pooling: 'pooled',
    compute(input) {
      const classes = classesOf(input);
      if (classes.length === 0) return Number.NaN;
      return classes.reduce((sum, label) => sum + ratio(input, label, parts).value, 0) / classes.length;
    },
    influence(input) {
      const n = input.target.length;
      const moved = new Float64Array(n);
      const classes = classesOf(input);
      for (const label of classes) {
        const { value, below } = ratio(input, label, parts);
        if (below === 0) continue;
        for (let row = 0; row < n; row++) {
          const [above, under] = parts(input.target[row] === label, input.decision[row] === label);
          moved[row]! += (n * (above - value * under)) / (below * classes.length);
        }
      }
      return moved;
    },
    degreesOfFreedom: rarestClassDf,
  });
}

/** Rows of the rarest class less one: what a rare class really has to tell. At least 1. */
export function rarestClassDf(target: Float64Array): number {
  const counts = new Map<number, number>();
  for (const label of target) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(1, Math.min(...counts.values()) - 1);
}

function classesOf({ target, decision, nClasses }: MetricInput): number[] {
  if (nClasses <= 2) return target.includes(1) ? [1] : [];
  return [...new Set([...target, ...decision])].sort((a, b) => a - b);
}

function ratio(input: MetricInput, label: number, parts: RowParts): { value: number; below: number } {
  let above = 0;
  let below = 0;
  for (let row = 0; row < input.target.length; row++) {
    const weight = input.weights?.[row] ?? 1;
    const [a, b] = parts(input.target[row] === label, input.decision[row] === label);
    above += weight * a;
    below += weight * b;
  }
  return { value: below > 0 ? above / below : 0, below };
}
