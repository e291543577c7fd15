import { defineMetric, type MetricInput } from './metric.ts';

const BINS = 15;

/**
 * Expected calibration error (Naeini, Cooper & Hauskrecht 2015; Guo et al. 2017) with 15 bins of equal width, each open below
 * and closed above: Σ over bins of |Σ over their rows of (what happened − its probability)| / n. Of two classes about class 1
 * and its probability; of more about whether the decision was right and the probability of the decided class. NaN without rows.
 * The estimate is biased upwards: also a perfectly calibrated model has about √(bins/n) of it.
 */
export const ece = defineMetric({
  id: 'ece',
  summary:
    'expected calibration error: how far probabilities are from frequencies, in 15 bins; of more than two classes for the decided class',
  direction: 'minimize',
  range: [0, 1],
  targetTypes: ['binary', 'multiclass'],
  needs: 'scores',
  byDefault: false,
  uncertainty: 'bootstrap',
  pooling: 'pooled',
  compute: (input) => errorOf(input)(input.weights ?? new Uint8Array(input.target.length).fill(1)),
  resample: errorOf,
});

function errorOf(input: MetricInput): (weights: ArrayLike<number>) => number {
  const { bins, gaps } = reliability(input);
  const sums = new Float64Array(BINS);
  return (weights) => {
    sums.fill(0);
    let total = 0;
    for (let row = 0; row < gaps.length; row++) {
      sums[bins[row]!]! += weights[row]! * gaps[row]!;
      total += weights[row]!;
    }
    return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
  };
}

/** Each row's bin, and what happened less its probability. */
function reliability({ target, prediction, decision, nClasses }: MetricInput) {
  const happened = (row: number) => Number(nClasses > 2 ? target[row] === decision[row] : target[row] === 1);
  return {
    bins: Uint8Array.from(prediction, (p) => Math.max(0, Math.min(BINS - 1, Math.ceil(p * BINS) - 1))),
    gaps: prediction.map((p, row) => happened(row) - p),
  };
}
