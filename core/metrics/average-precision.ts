import { rarestClassDf } from './confusion.ts';
import { defineMetric, type MetricInput } from './metric.ts';
import { ranked } from './ranked.ts';

/**
 * Average precision (`sklearn.metrics.average_precision_score`): the mean, over the rows of class 1, of the precision at
 * the row's own score. NaN without a row of class 1.
 */
export const averagePrecision = defineMetric({
  id: 'average_precision',
  summary: 'area under the precision–recall curve as a step function',
  direction: 'maximize',
  range: [0, 1],
  targetTypes: ['binary'],
  needs: 'scores',
  byDefault: true,
  uncertainty: 'influence',
  pooling: 'ranked',
  compute: (input) => curve(input).value,
  influence(input) {
    const { value, positives, steps } = curve(input);
    const n = input.target.length;
    const moved = new Float64Array(n);
    // From the lowest score up: a row counts in the precision at every score not above its own.
    let gain = 0;
    let loss = 0;
    for (const { rows, above, all, here } of steps.reverse()) {
      gain += (here * (1 - above / all)) / all;
      loss += (here * above) / (all * all);
      for (const row of rows) {
        moved[row] = (n * (input.target[row] === 1 ? above / all - value + gain : -loss)) / positives;
      }
    }
    return moved;
  },
  withoutEach(input) {
    const { value, positives, steps } = curve(input);
    const without = new Float64Array(input.target.length);
    let higher = value * positives;
    // Sums over the positives of lower scores, when a positive or a negative above them is taken away.
    let lessPositive = 0;
    let lessNegative = 0;
    for (const { rows, above, all, here } of steps.reverse()) {
      higher -= (here * above) / all;
      const own = (lost: number) => (all > 1 ? ((here - lost) * (above - lost)) / (all - 1) : 0);
      for (const row of rows) {
        without[row] =
          input.target[row] === 1
            ? (higher + own(1) + lessPositive) / (positives - 1)
            : (higher + own(0) + lessNegative) / positives;
      }
      if (all === 1) continue;
      lessPositive += (here * (above - 1)) / (all - 1);
      lessNegative += (here * above) / (all - 1);
    }
    return without;
  },
  /** A positive counts among the rows at its own score; the precision there without it is lower. */
  bias(input) {
    const { positives, steps } = curve(input);
    const excess = steps.map(({ above, all, here }) => (all > 1 ? (here * (1 - above / all)) / (all - 1) : 0));
    return excess.reduce((sum, each) => sum + each, 0) / positives;
  },
  foldWeight: (target) => target.reduce((sum, label) => sum + label, 0),
  degreesOfFreedom: rarestClassDf,
});

interface Step {
  readonly rows: Uint32Array;
  /** Weight of positives, and of all rows, scored at least as high. */
  readonly above: number;
  readonly all: number;
  /** Weight of positives with this very score. */
  readonly here: number;
}

function curve({ target, score, weights }: MetricInput): { value: number; positives: number; steps: Step[] } {
  const steps: Step[] = [];
  let above = 0;
  let all = 0;
  let sum = 0;
  for (const rows of ranked(score)) {
    let here = 0;
    for (const row of rows) {
      const weight = weights?.[row] ?? 1;
      all += weight;
      if (target[row] === 1) here += weight;
    }
    if (all === 0) continue;
    above += here;
    sum += (here * above) / all;
    steps.push({ rows, above, all, here });
  }
  return { value: above > 0 ? sum / above : Number.NaN, positives: above, steps };
}
