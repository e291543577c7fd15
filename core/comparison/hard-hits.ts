import type { Resampling } from '../evaluation/uncertainty/bootstrap.ts';
import { clusterShares, standardError } from '../evaluation/uncertainty/noise-of-rows.ts';
import { meanOver, pooledMetric } from '../evaluation/uncertainty/pooled-metric.ts';
import type { Metric, MetricInput } from '../metrics/metric.ts';
import { createRandom, type Random } from '../random/random.ts';
import { square } from '../stats/elementary.ts';
import { takeValues } from '../table/take-values.ts';
import { dropOf } from './drop-of.ts';

/** The share of the rows, or of the clusters, that is mixed up. */
const SHARE = 0.25;
/** Over all draws about so many rows of the rarest class, or clusters, are looked at, so that the result hardly depends on the draws. */
const LOOKED_AT = 200;
const FEWEST_DRAWS = 2;
const MOST_DRAWS = 10;

/** What a model predicted for the rows of a comparison, one input per repeat. */
export interface Predicted {
  readonly all: readonly MetricInput[];
  readonly folds: Uint8Array;
  readonly nFolds: number;
}

/** What a drop δ that hits a few rows hard adds to the squared standard error: δ·(rise − δ·fall), and never less than nothing. */
export interface HardHits {
  readonly rise: number;
  readonly fall: number;
}

export const NO_HITS: HardHits = { rise: 0, fall: 0 };

/**
 * How noisy a drop is that hits a few rows hard. A harmless change shows nothing of it, so it is tried: the predictions of a quarter of the
 * rows, or of the clusters, are exchanged for those of other rows, as a broken join would do, and what is lost is compared with its
 * standard error. Where a share q of the rows is hit, the drop grows with q and its variance with q·(1 − q·…): were all hit, it would
 * no longer matter which.
 *
 * None where there is nothing to lose; of predicted values, where no error is the largest; and of metrics without influence.
 *
 * @param counted how many rows of the rarest class, or clusters, there are.
 */
export function hardHits(metric: Metric, predicted: Predicted, resampling: Resampling, counted: number): HardHits {
  const { all, folds } = predicted;
  if (metric.uncertainty !== 'influence' || all[0]!.nClasses === 0) return NO_HITS;
  const fall = unevenness(folds.length, resampling.clusters);
  // Each row counts 1 or 0, so that a drop of δ makes at least δ·n rows differ, whatever hits them.
  const least = metric.fewRows === 'discordant_rows' ? fall : 0;
  const whole = measured(metric, predicted, resampling);
  // Not the id of the rows: a baseline whose targets were not kept has another.
  const random = createRandom(0, 'hard hits', folds.length);
  const draws = Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.ceil(LOOKED_AT / counted)));
  let lost = 0;
  let variance = 0;
  for (let draw = 0; draw < draws; draw++) {
    const from = mixedUp(all[0]!, folds, resampling.clusters, random);
    const mixed = measured(metric, { ...predicted, all: all.map((input) => takenFrom(input, from)) }, resampling);
    if (!whole.deviations || !mixed.deviations) return { rise: least, fall };
    lost += dropOf(metric, whole.value, mixed.value) / draws;
    variance += square(standardError(mixed.deviations.map((moved, i) => moved - whole.deviations![i]!))) / draws;
  }
  return { rise: lost > 0 ? Math.max(least, variance / lost + lost * fall) : least, fall };
}

/** One over the number of rows, or over that of clusters of one size that would be as uneven as these are. */
function unevenness(rows: number, clusters: Uint32Array | null): number {
  if (!clusters) return 1 / rows;
  return [...clusterShares(clusters).values()].reduce((sum, share) => sum + square(share), 0);
}

function measured(metric: Metric, { all, folds, nFolds }: Predicted, resampling: Resampling) {
  const repeats = all.map((input) => pooledMetric(metric, input, folds, nFolds, resampling));
  return {
    value: repeats.reduce((sum, { value }) => sum + value, 0) / repeats.length,
    deviations: meanOver(repeats.map(({ deviations }) => deviations)),
  };
}

/**
 * For each row the row whose predictions it gets: its own, or another one's of its fold. Clusters are hit as a whole, and rows of one that
 * are predicted alike stay so, as copies do.
 */
function mixedUp({ score }: MetricInput, folds: Uint8Array, clusters: Uint32Array | null, random: Random): Uint32Array {
  const inFolds = Map.groupBy(folds.keys(), (row) => folds[row]!);
  const another = (row: number) => {
    const rows = inFolds.get(folds[row]!)!;
    return rows[random.integer(rows.length)]!;
  };
  const from = Uint32Array.from(folds.keys());
  const units = clusters ? [...Map.groupBy(folds.keys(), (row) => clusters[row]!).values()] : null;
  const order = random.shuffle(Uint32Array.from({ length: units?.length ?? folds.length }, (_, i) => i));
  for (const unit of order.subarray(0, Math.ceil(SHARE * order.length))) {
    const others = new Map<number, number>();
    for (const row of units?.[unit] ?? [unit]) {
      const other = others.get(score[row]!) ?? another(row);
      others.set(score[row]!, other);
      from[row] = other;
    }
  }
  return from;
}

function takenFrom(
  { target, nClasses, score, predictedClass, probabilities }: MetricInput,
  from: Uint32Array,
): MetricInput {
  return {
    ...{ target, nClasses, score: takeValues(score, from), predictedClass: takeValues(predictedClass, from) },
    ...(probabilities && { probabilities: takeValues(probabilities, from, nClasses) }),
  };
}
