import type { Metric, MetricInput } from '../../metrics/metric.ts';
import { square } from '../../stats/elementary.ts';
import type { Resampling } from './bootstrap.ts';
import { meanOver, pooledMetric } from './pooled-metric.ts';
import { rowLosses } from './row-losses.ts';

/** A stretch is so many times longer than rows resemble each other, so that stretches hardly do. */
const LENGTH = 10;
const FEWEST = 5;
const MOST = 20;
/** Lags are summed as far as so many times the sum itself. */
const WINDOW = 5;

/** Rows in the order of time, cut into stretches within which noise is summed. */
export interface Stretches {
  /** nSamples: the rows of a stretch have one number; all have one where there are too few rows for five stretches. */
  readonly clusters: Uint32Array;
  /** Set where there are too few. */
  readonly tooFew: TooFewInTime | null;
}

/** Why the noise of rows in the order of time is not known. */
export interface TooFewInTime {
  readonly rows: number;
  /** Over about so many rows neighbours in time resemble each other. */
  readonly tau: number;
  /** From so many rows on it would be known, if no time has a large share of them. */
  readonly needed: number;
}

/**
 * Cuts rows into stretches of at least 10·τ rows, 5 to 20 of them, never between equal times. Fewer than 50·τ rows are too few.
 *
 * @param times nSamples: ranks or values; rows of equal time stay in the order they are given in.
 * @param moved nSamples: what the rows do to the number whose noise is asked for.
 */
export function stretchesOf(times: Uint32Array, moved: Float64Array): Stretches {
  // Where nothing moves there is no noise, however few rows there are.
  if (moved.every((each) => each === 0)) return { clusters: times, tooFew: null };
  const order = [...times.keys()].sort((a, b) => times[a]! - times[b]! || a - b);
  const n = order.length;
  const tau = correlationTime(Float64Array.from(order, (row) => moved[row]!));
  const count = Math.min(MOST, Math.floor(n / (LENGTH * tau)));
  const borders = Array.from({ length: Math.max(0, count - 1) }, (_, i) => {
    return times[order[Math.round(((i + 1) * n) / count)]!]!;
  });
  const clusters = times.map((time) => borders.reduce((passed, border) => passed + Number(border <= time), 0));
  if (new Set(clusters).size >= FEWEST) return { clusters, tooFew: null };
  return { clusters: new Uint32Array(n), tooFew: { rows: n, tau, needed: Math.ceil(FEWEST * LENGTH * tau) } };
}

/**
 * Over how many neighbours a series resembles itself, at least 1: τ = 1 + 2·Σ ρ_j up to the first lag M ≥ 5τ (Sokal 1997, "Monte Carlo
 * methods in statistical mechanics"; `emcee.autocorr.integrated_time(x, c=5)`). The mean of n values varies like that of n/τ
 * independent ones. Lags of a tenth of the series are not passed: τ is then above a fiftieth of it.
 */
export function correlationTime(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const away = values.map((value) => value - mean);
  const variance = away.reduce((sum, each) => sum + square(each), 0);
  if (!(variance > 0)) return 1;
  let tau = 1;
  for (let lag = 1; lag < n; lag++) {
    let covariance = 0;
    for (let i = lag; i < n; i++) covariance += away[i]! * away[i - lag]!;
    tau += (2 * covariance) / variance;
    if (lag >= WINDOW * tau || LENGTH * lag >= n) break;
  }
  return Math.max(1, tau);
}

/** Rows in the order of time are cut into stretches by what they do to the metric; others stay as they are. */
export function inStretches(
  metric: Metric,
  inputs: readonly MetricInput[],
  nFolds: number,
  { isInTime, clusters, ...resampling }: Resampling,
): Resampling {
  if (!isInTime || !clusters) return { ...resampling, clusters };
  return { ...resampling, clusters: stretchesOf(clusters, movedBy(metric, inputs, nFolds, resampling)).clusters };
}

/**
 * What each row does to a metric, nSamples, mean over repeats: its influence, or its loss where the metric has none.
 *
 * @param inputs the same rows as predicted by each repeat.
 */
export function movedBy(
  metric: Metric,
  inputs: readonly MetricInput[],
  nFolds: number,
  resampling: Omit<Resampling, 'clusters'>,
): Float64Array {
  const alone = { ...resampling, clusters: null };
  const influences =
    metric.uncertainty === 'influence'
      ? meanOver(inputs.map((input) => pooledMetric(metric, input, resampling.strata, nFolds, alone).deviations))
      : null;
  return influences ?? meanOver(inputs.map(rowLosses))!;
}
