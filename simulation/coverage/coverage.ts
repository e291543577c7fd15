import { outOfFold } from '../../core/evaluation/estimates.ts';
import { metrics } from '../../core/metrics/index.ts';
import type { Metric, MetricInput } from '../../core/metrics/metric.ts';
import { createRandom, type Random } from '../../core/random/random.ts';
import type { TargetType } from '../../core/table/task.ts';

const FOLDS = 5;
/** Rows that the true value is taken from: its own error is at most a fourteenth of that of 10,000 rows. */
const TRUTH_ROWS = 2_000_000;

/** A world that rows come from, and a model that is used in it. */
export interface World {
  readonly id: string;
  readonly summary: string;
  readonly type: TargetType;
  /** One row: target, prediction (value, or the probability of class 1 or of every class) and, of two classes, the threshold. */
  draw(random: Random, n: number): MetricInput;
}

export interface Coverage {
  /** Share of intervals that hold the true value. */
  readonly share: number;
  /** Of the intervals. */
  readonly meanWidth: number;
  readonly draws: number;
  /** Draws in which the metric had no value, or no interval. */
  readonly without: number;
}

/** Metrics of a world that have an interval. */
export function metricsOf({ type }: World): readonly Metric[] {
  return metrics.all.filter(({ targetTypes, uncertainty }) => targetTypes.includes(type) && uncertainty !== 'none');
}

/** What each metric is in truth: on two million rows. */
export function truthsOf(world: World, measured: readonly Metric[]): ReadonlyMap<string, number> {
  const input = world.draw(createRandom(1, 'truth', world.id), TRUTH_ROWS);
  return new Map(measured.map((metric) => [metric.id, metric.compute(input)]));
}

/** How often the 95 % interval of out-of-fold predictions holds the true value. */
export function coverageOf(
  world: World,
  measured: readonly Metric[],
  truths: ReadonlyMap<string, number>,
  { n, draws, seed }: { readonly n: number; readonly draws: number; readonly seed: number },
): ReadonlyMap<string, Coverage> {
  const tallies = new Map(measured.map(({ id }) => [id, { held: 0, width: 0, found: 0 }]));
  for (let draw = 0; draw < draws; draw++) {
    const input = world.draw(createRandom(seed, 'rows', world.id, n, draw), n);
    const folds = foldsOf(input);
    for (const metric of measured) {
      const { ci } = outOfFold(metric, [input], FOLDS, {
        seed: draw.toString(16),
        strata: folds,
        clusters: null,
      }).estimate;
      if (!ci) continue;
      const tally = tallies.get(metric.id)!;
      const truth = truths.get(metric.id)!;
      tally.found++;
      tally.held += Number(ci[0] <= truth && truth <= ci[1]);
      tally.width += ci[1] - ci[0];
    }
  }
  return new Map(
    [...tallies].map(([id, { held, width, found }]) => [
      id,
      { share: held / found, meanWidth: width / found, draws: found, without: draws - found },
    ]),
  );
}

/** The rows of each class in turn, as a run's folds hold about as many of each. */
function foldsOf({ target, nClasses }: MetricInput): Uint8Array {
  const next = new Uint32Array(Math.max(1, nClasses));
  return Uint8Array.from(target, (label) => next[nClasses === 0 ? 0 : label]!++ % FOLDS);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function regression(draw: (random: Random) => readonly [target: number, prediction: number]): World['draw'] {
  return (random, n) => {
    const target = new Float64Array(n);
    const score = new Float64Array(n);
    for (let row = 0; row < n; row++) [target[row], score[row]] = draw(random) as [number, number];
    return { target, score, predictedClass: score, nClasses: 0 };
  };
}

/** @param draw the true logit of class 1, and the one that the model says. */
function binary(draw: (random: Random) => readonly [truth: number, said: number], threshold = 0.5): World['draw'] {
  return (random, n) => {
    const target = new Float64Array(n);
    const score = new Float64Array(n);
    for (let row = 0; row < n; row++) {
      const [truth, said] = draw(random);
      target[row] = Number(random.uniform() < sigmoid(truth));
      score[row] = sigmoid(said);
    }
    return { target, score, predictedClass: score.map((p) => Number(p > threshold)), nClasses: 2 };
  };
}

/** Four classes with these shares; the model sees the class through normal noise. */
function multiclass(shares: readonly number[], signal: number, confidence: number): World['draw'] {
  const nClasses = shares.length;
  return (random, n) => {
    const target = new Float64Array(n);
    const score = new Float64Array(n);
    const predictedClass = new Float64Array(n);
    const probabilities = new Float64Array(n * nClasses);
    for (let row = 0; row < n; row++) {
      let rest = random.uniform();
      let label = 0;
      while (label < nClasses - 1 && rest >= shares[label]!) rest -= shares[label++]!;
      target[row] = label;
      const weights = shares.map((share, k) => {
        const seen = (k === label ? signal : 0) + random.normal();
        return Math.exp(confidence * (Math.log(share) + signal * seen));
      });
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const best = weights.indexOf(Math.max(...weights));
      for (let k = 0; k < nClasses; k++) probabilities[row * nClasses + k] = weights[k]! / sum;
      predictedClass[row] = best;
      score[row] = weights[best]! / sum;
    }
    return { target, score, predictedClass, probabilities, nClasses };
  };
}

export const WORLDS: readonly World[] = [
  {
    id: 'normal errors',
    summary:
      'a regression: targets with mean 10 and standard deviation 2, normal errors with standard deviation 1 (R² = 0.75)',
    type: 'continuous',
    draw: regression((random) => {
      const y = 10 + 2 * random.normal();
      return [y, y + random.normal()];
    }),
  },
  {
    id: 'skewed',
    summary: 'a regression: log-normal targets (skewness 1.3), errors of a tenth of the target',
    type: 'continuous',
    draw: regression((random) => {
      const y = Math.exp(2 + 0.4 * random.normal());
      return [y, y * (1 + 0.1 * random.normal())];
    }),
  },
  {
    id: 'hard classes',
    summary: 'two classes, 37 % positives, area under the curve 0.81; the model is overconfident',
    type: 'binary',
    draw: binary((random) => {
      const z = 1.5 * random.normal() - 0.75;
      return [z, 1.4 * z];
    }),
  },
  {
    id: 'easy classes',
    summary: 'two classes, 40 % positives, area under the curve 0.993, accuracy 0.98; perfectly calibrated',
    type: 'binary',
    draw: binary((random) => {
      const z = (random.uniform() < 0.4 ? 5 : -5) + 1.5 * random.normal();
      return [z, z];
    }),
  },
  {
    id: 'four classes',
    summary: 'four classes of 50, 30, 15 and 5 %, accuracy 0.76; the model is slightly overconfident',
    type: 'multiclass',
    draw: multiclass([0.5, 0.3, 0.15, 0.05], 1.5, 1.2),
  },
];

/** About twenty positives in 10,000 rows. */
export const RARE: World = {
  id: 'rare positives',
  summary: 'two classes, 0.2 % positives, area under the curve 0.93; class 1 is predicted above a probability of 2 %',
  type: 'binary',
  draw: binary((random) => {
    const z = -8.5 + 2.2 * random.normal();
    return [z, z];
  }, 0.02),
};
