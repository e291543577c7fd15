import type { Random } from '../../random/random.ts';
import { exp, log, square } from '../../stats/elementary.ts';
import { type Distribution, fromNumber, type SearchSpace, toNumber } from '../distribution.ts';
import { bounds } from './random.ts';
import { normalMass, truncatedNormal } from './truncated-normal.ts';

/** Values by parameter; of a category its place among the choices. */
export type Point = Readonly<Record<string, number>>;

/** A density over a search space. */
export interface Parzen {
  sample(random: Random): Point;
  /** The logarithm of the density; of parameters with steps or choices, of the probability. */
  logDensity(point: Point): number;
}

/** One parameter of the density: a kernel per observation, and the prior's last. */
interface Axis {
  sample(kernel: number, random: Random): number;
  /** Per kernel the logarithm of its density at a value. */
  logDensities(value: number): readonly number[];
}

const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * The Parzen estimator of Optuna 5 (`optuna.samplers._tpe.parzen_estimator._ParzenEstimator`): a mixture of one kernel per
 * observation and one for the prior, each kernel a product over the parameters.
 *
 * @param observations in the order of trials: the last 25 count most.
 */
export function createParzen(observations: readonly Point[], space: SearchSpace): Parzen {
  const axes = Object.entries(space).map(([name, distribution]): [string, Axis] => [
    name,
    axisOf(
      distribution,
      observations.map((point) => point[name]!),
    ),
  ]);
  const weights = weightsOf(observations.length);
  const logWeights = weights.map(log);
  return {
    sample(random) {
      const kernel = drawKernel(weights, random.uniform());
      return Object.fromEntries(axes.map(([name, axis]) => [name, axis.sample(kernel, random)]));
    },
    logDensity(point) {
      const perAxis = axes.map(([name, axis]) => axis.logDensities(point[name]!));
      return logSumExp(logWeights.map((weight, k) => perAxis.reduce((sum, axis) => sum + axis[k]!, weight)));
    },
  };
}

/** Of `n` observations and the prior, adding up to 1: from 25 on older ones count less. */
function weightsOf(n: number): number[] {
  const ramp = Math.max(0, n - 25);
  const raw = Array.from({ length: n }, (_, i) => {
    if (i >= ramp) return 1;
    return ramp === 1 ? 1 / n : 1 / n + (i * (1 - 1 / n)) / (ramp - 1);
  });
  const total = raw.reduce((sum, weight) => sum + weight, 1);
  return [...raw, 1].map((weight) => weight / total);
}

function drawKernel(weights: readonly number[], at: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    sum += weights[k]!;
    if (at < sum) return k;
  }
  return weights.length - 1;
}

function axisOf(distribution: Distribution, values: readonly number[]): Axis {
  return distribution.type === 'categorical'
    ? categoricalAxis(distribution.choices.length, values)
    : numericAxis(distribution, values);
}

function categoricalAxis(nChoices: number, values: readonly number[]): Axis {
  const base = 1 / (values.length + 1);
  const total = nChoices * base + 1;
  const row = (chosen: number) => Array.from({ length: nChoices }, (_, k) => (base + Number(k === chosen)) / total);
  const rows = [...values.map(row), new Array<number>(nChoices).fill(1 / nChoices)];
  return {
    sample: (kernel, random) => drawKernel(rows[kernel]!, random.uniform()),
    logDensities: (value) => rows.map((each) => log(each[value]!)),
  };
}

function numericAxis(distribution: Exclude<Distribution, { type: 'categorical' }>, values: readonly number[]): Axis {
  const { low, high, isLog } = bounds(distribution);
  const { step } = distribution;
  const scaled = (value: number) => (isLog ? log(value) : value);
  const means = values.map(scaled);
  const sds = [...widthsOf(means, low, high), high - low];
  const kernels = [...means, (low + high) / 2].map((mean, k) => {
    const sd = sds[k]!;
    const [a, b] = [(low - mean) / sd, (high - mean) / sd];
    return { mean, sd, a, b, logMass: log(normalMass(a, b)) };
  });
  const quantileOf = remembered((kernel) => truncatedNormal(kernels[kernel]!.a, kernels[kernel]!.b));
  const ofNumber = (value: number) => {
    const at = scaled(value);
    return kernels.map(({ mean, sd, logMass }) => -square((at - mean) / sd) / 2 - HALF_LOG_TWO_PI - log(sd) - logMass);
  };
  const ofPoint = remembered((value) => {
    const [from, to] = [scaled(value - step! / 2), scaled(value + step! / 2)];
    return kernels.map(({ mean, sd, logMass }) => log(normalMass((from - mean) / sd, (to - mean) / sd)) - logMass);
  });
  return {
    sample(kernel, random) {
      const { mean, sd } = kernels[kernel]!;
      const at = mean + sd * quantileOf(kernel)(random.uniform());
      return toNumber(distribution, fromNumber(distribution, isLog ? exp(at) : at));
    },
    logDensities: step === null ? ofNumber : ofPoint,
  };
}

/** Kernels, and the points of a grid, are asked for again and again. */
function remembered<Value>(work: (of: number) => Value): (of: number) => Value {
  const known = new Map<number, Value>();
  return (of) => {
    const value = known.get(of) ?? work(of);
    known.set(of, value);
    return value;
  };
}

/** The widths of kernels: the distance to the farther neighbour, and not below a share of the range. */
function widthsOf(means: readonly number[], low: number, high: number): number[] {
  const n = means.length;
  const order = [...means.keys()].sort((i, j) => means[i]! - means[j]! || i - j);
  const widths = new Array<number>(n);
  order.forEach((i, at) => {
    const before = means[order[at - 1]!] ?? low;
    const after = means[order[at + 1]!] ?? high;
    const [left, right] = [means[i]! - before, after - means[i]!];
    const isInner = n === 1 || (at > 0 && at < n - 1);
    widths[i] = isInner ? Math.max(left, right) : at === 0 ? right : left;
  });
  const least = (high - low) / Math.min(100, n + 2);
  return widths.map((width) => Math.min(high - low, Math.max(least, width)));
}

function logSumExp(terms: readonly number[]): number {
  const largest = terms.reduce((most, term) => Math.max(most, term), Number.NEGATIVE_INFINITY);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  return largest + log(terms.reduce((sum, term) => sum + exp(term - largest), 0));
}
