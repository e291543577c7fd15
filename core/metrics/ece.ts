import { createRandom } from '../random/random.ts';
import { square } from '../stats/elementary.ts';
import { defineMetric, type MetricInput } from './metric.ts';

const BINS = 15;
const DRAWS = 1000;

/**
 * Expected calibration error (Naeini, Cooper & Hauskrecht 2015; Guo et al. 2017) with 15 bins of equal width, each open below
 * and closed above: Σ over bins of |Σ over their rows of (what happened − its probability)| / n. Of two classes about class 1
 * and its probability; of more about whether the predicted class was right and its probability. NaN without rows.
 * The estimate is biased upwards: also a perfectly calibrated model has about √(bins/n) of it.
 */
export const ece = defineMetric({
  id: 'ece',
  summary:
    'expected calibration error: how far probabilities are from frequencies, in 15 bins; with more than two classes, for the predicted class',
  direction: 'minimize',
  range: [0, 1],
  targetTypes: ['binary', 'multiclass'],
  needs: 'scores',
  byDefault: false,
  uncertainty: 'bootstrap',
  pooling: 'pooled',
  compute: (input) => errorOf(input)(input.weights ?? new Uint8Array(input.target.length).fill(1)),
  resample: errorOf,
  interval: (inputs, inflation, clusters) =>
    intervalOf(
      inputs.map((input) => binGaps(input, clusters)),
      inflation,
    ),
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
function reliability({ target, score, predictedClass, nClasses }: MetricInput) {
  const happened = (row: number) => Number(nClasses > 2 ? target[row] === predictedClass[row] : target[row] === 1);
  return {
    bins: Uint8Array.from(score, (p) => Math.max(0, Math.min(BINS - 1, Math.ceil(p * BINS) - 1))),
    gaps: score.map((p, row) => happened(row) - p),
  };
}

/** Per bin the sum of its rows' gaps by n, and the standard error of that. */
interface BinGaps {
  readonly gaps: Float64Array;
  readonly errors: Float64Array;
}

function binGaps(input: MetricInput, clusters: Uint32Array | null): BinGaps {
  const { bins, gaps } = reliability(input);
  const n = gaps.length;
  const sums = new Float64Array(BINS);
  const seen = new Float64Array(BINS);
  const said = new Float64Array(BINS);
  for (let row = 0; row < n; row++) {
    const bin = bins[row]!;
    const p = input.score[row]!;
    sums[bin]! += gaps[row]!;
    seen[bin]! += square(gaps[row]!);
    said[bin]! += p * (1 - p);
  }
  const together = clusters && clusterVariances(bins, gaps, clusters);
  return {
    gaps: sums.map((sum) => sum / n),
    // Of a bin in which nothing happened yet what was seen says that nothing ever does; the probabilities know better.
    errors: sums.map((sum, bin) => {
      const alone = Math.max(seen[bin]! - square(sum) / n, said[bin]!);
      return Math.sqrt(Math.max(alone, together?.[bin] ?? 0)) / n;
    }),
  };
}

/** Per bin the variance of the sum of its gaps, where the rows of a cluster err together (Liang & Zeger 1986). */
function clusterVariances(bins: Uint8Array, gaps: Float64Array, clusters: Uint32Array): Float64Array {
  const sums = new Map<number, Float64Array>();
  for (const [row, cluster] of clusters.entries()) {
    const own = sums.get(cluster) ?? new Float64Array(BINS);
    own[bins[row]!]! += gaps[row]!;
    sums.set(cluster, own);
  }
  const g = sums.size;
  return Float64Array.from({ length: BINS }, (_, bin) => {
    let total = 0;
    let squares = 0;
    for (const own of sums.values()) {
      total += own[bin]!;
      squares += square(own[bin]!);
    }
    return g > 1 ? ((squares - square(total) / g) * g) / (g - 1) : 0;
  });
}

/**
 * Inversion of a test (Carpenter 1999). The true gaps of the bins are taken to be `scale` times a pattern that is like what was
 * seen, and what is seen of them to be normal around it; the interval holds each true error that would show at most this much in
 * more than 2.5 % of draws, and at least this much in more than 2.5 %. So it knows of the bias that absolute values have, and can
 * lie below the value itself: all of it may be chance.
 */
function intervalOf(repeats: readonly BinGaps[], inflation: number): [number, number] {
  const mean = (of: (repeat: BinGaps) => number) => repeats.reduce((sum, each) => sum + of(each), 0) / repeats.length;
  const noise = repeats.map(({ errors }) => errors.map((error) => inflation * error));
  // A gap that is all chance is still a gap of some size: without the errors the pattern would be too sparse.
  const pattern = repeats.map(({ gaps }, r) =>
    gaps.map((gap, bin) => (gap < 0 ? -1 : 1) * Math.sqrt(square(gap) + square(noise[r]![bin]!))),
  );
  const seen = mean(({ gaps }) => gaps.reduce((sum, gap) => sum + Math.abs(gap), 0));
  const size =
    pattern.reduce((sum, gaps) => sum + gaps.reduce((all, gap) => all + Math.abs(gap), 0), 0) / repeats.length;
  const random = createRandom(BINS, 'calibration of chance');
  const normal = Float64Array.from({ length: DRAWS * BINS }, () => random.normal());
  const shareAbove = (scale: number) => {
    let above = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      let shown = 0;
      for (const [r, gaps] of pattern.entries()) {
        for (let bin = 0; bin < BINS; bin++) {
          shown += Math.abs(scale * gaps[bin]! + noise[r]![bin]! * normal[draw * BINS + bin]!);
        }
      }
      above += Number(shown >= seen * repeats.length);
    }
    return above / DRAWS;
  };
  return [size * scaleWhere(shareAbove, 0.025), size * scaleWhere(shareAbove, 0.975)];
}

/** Where a share that rises with the scale reaches this one; 0 where it begins above. */
function scaleWhere(shareAt: (scale: number) => number, share: number): number {
  if (shareAt(0) >= share) return 0;
  let low = 0;
  let high = 1;
  while (shareAt(high) < share) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (shareAt(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
