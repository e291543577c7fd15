import type { InfluenceMetric, Metric, MetricInput } from '../../metrics/metric.ts';
import { takeValues } from '../../table/take-values.ts';
import { bootstrapDraws, deviationsOf, type Resampling } from './bootstrap.ts';
import { degreesOfFreedom, foldMeanScales, rowDeviations } from './noise-of-rows.ts';
import { withinRange } from './within-range.ts';

/** A metric over out-of-fold rows, with what is needed for its standard error. */
export interface PooledMetric {
  readonly value: number;
  /**
   * What chance among the rows does to the metric: √(Σ deviation²)/length is the standard error. Influences, one per row or per
   * cluster, or what stands for them of a bootstrap, one per draw. Differences between sides and means over repeats are taken one
   * by one. Null where the metric has neither.
   */
  readonly deviations: Float64Array | null;
  /** The metric on each draw of the bootstrap; null where there is none. */
  readonly draws: Float64Array | null;
  readonly df: number;
  /** By how much the value is too high on average. */
  readonly bias: number;
  /** The metric within each fold and the fold's weight in the whole; NaN and 0 where undefined. */
  readonly folds: readonly { readonly value: number; readonly weight: number }[];
}

/**
 * A metric over rows that were predicted by the models of several folds: over all rows at once for `pooled` metrics, the
 * weighted mean of the values within the folds for `ranked` ones.
 *
 * @param folds nSamples: the fold of each row of `input`.
 * @param resampling of a bootstrap: two calls with the same draw the same rows, which pairs them.
 */
export function pooledMetric(
  metric: Metric,
  input: MetricInput,
  folds: Uint8Array,
  nFolds: number,
  resampling: Resampling,
): PooledMetric {
  const n = folds.length;
  const parts = rowsByFold(folds, nFolds).map((rows) => {
    const part = takeRows(input, rows);
    const value = rows.length === 0 ? Number.NaN : withinRange(metric, metric.compute(part));
    const size = Number.isNaN(value) ? 0 : metric.foldWeight ? metric.foldWeight(part.target) : rows.length;
    return { rows, part, value, size };
  });
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const byFold = parts.map(({ value, size }) => ({ value, weight: total > 0 ? size / total : 0 }));
  const { clusters } = resampling;
  const df = degreesOfFreedom(metric, input.target, clusters);
  if (metric.pooling === 'pooled') {
    const value = withinRange(metric, metric.compute(input));
    if (metric.uncertainty === 'bootstrap' && !Number.isNaN(value)) {
      if (clusters && new Set(clusters).size < 2)
        return { value, deviations: null, draws: null, df, bias: 0, folds: byFold };
      const draws = bootstrapDraws(metric.resample(input), resampling);
      return { value, deviations: deviationsOf(draws), draws, df, bias: 0, folds: byFold };
    }
    const isSmooth = metric.uncertainty === 'influence';
    const deviations = isSmooth ? rowDeviations(deviationsByRow(metric, input, !clusters), clusters) : null;
    const bias = (isSmooth && metric.bias?.(input)) || 0;
    return { value, deviations, draws: null, df, bias, folds: byFold };
  }
  const influence = new Float64Array(n);
  let bias = 0;
  const counting = parts.filter(({ size }) => size > 0);
  const scales = foldMeanScales(counting.map(({ part }) => part.target));
  // The jackknife knows of small samples itself; clusters are measured from one mean alone.
  const ofClass = (label: number) => (metric.withoutEach || clusters ? 1 : (scales?.get(label) ?? 1));
  const whole = counting.reduce((all, { value, size }) => all + size * value, 0) / total;
  for (const { rows, part, value: within, size } of counting) {
    const scale = (n / rows.length) * (size / total);
    // A cluster that is most of its fold is most of the fold's value: measured from that, it would not differ from it.
    const ofFold = clusters ? within - whole : 0;
    bias += (size / total) * (metric.bias?.(part) ?? 0);
    deviationsByRow(metric, part, false).forEach((moved, i) => {
      influence[rows[i]!] = (moved * ofClass(part.target[i]!) + ofFold) * scale;
    });
  }
  const deviations = scales && rowDeviations(influence, clusters);
  return { value: withinRange(metric, whole), deviations, draws: null, df, bias, folds: byFold };
}

/** The mean over repeats, value by value; null when some have none. */
export function meanOver(repeats: readonly (Float64Array | null)[]): Float64Array | null {
  const all = repeats.filter((each) => each !== null);
  if (all.length < repeats.length) return null;
  return all[0]!.map((_, i) => all.reduce((sum, each) => sum + each[i]!, 0) / all.length);
}

/**
 * What each row does to a metric: by the jackknife where it has one, and where no row is one that it needs.
 *
 * @param costsRow whether the mean that influences are measured from costs a row, so that their variance has n − 1 below the line.
 */
function deviationsByRow(metric: InfluenceMetric, input: MetricInput, costsRow: boolean): Float64Array {
  const n = input.target.length;
  const without = metric.withoutEach?.(input);
  const mean = without ? without.reduce((sum, each) => sum + each, 0) / n : Number.NaN;
  if (!without || !Number.isFinite(mean)) {
    const influence = metric.influence(input);
    return costsRow ? influence.map((moved) => moved * Math.sqrt(n / (n - 1))) : influence;
  }
  const scale = Math.sqrt(n * (n - 1));
  return without.map((each) => scale * (mean - each));
}

function rowsByFold(folds: Uint8Array, nFolds: number): Uint32Array[] {
  const sizes = new Uint32Array(nFolds);
  for (const fold of folds) sizes[fold]!++;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let row = 0; row < folds.length; row++) {
    const fold = folds[row]!;
    rows[fold]![sizes[fold]!++] = row;
  }
  return rows;
}

function takeRows(input: MetricInput, rows: Uint32Array): MetricInput {
  const pick = (values: Float64Array) => takeValues(values, rows);
  return {
    nClasses: input.nClasses,
    target: pick(input.target),
    score: pick(input.score),
    predictedClass: pick(input.predictedClass),
    ...(input.probabilities && { probabilities: takeValues(input.probabilities, rows, input.nClasses) }),
  };
}
