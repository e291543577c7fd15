import { UNTESTED } from '../dataset/evaluation-set.ts';
import type { Resampling } from '../evaluation/uncertainty/bootstrap.ts';
import { standardError } from '../evaluation/uncertainty/noise-of-rows.ts';
import { meanOver, type PooledMetric, pooledMetric } from '../evaluation/uncertainty/pooled-metric.ts';
import type { BothSides } from '../evaluation/uncertainty/repeated-noise.ts';
import { type SeedNoise, seedNoise } from '../evaluation/uncertainty/seed-noise.ts';
import { movedBy, stretchesOf, type TooFewInTime } from '../evaluation/uncertainty/stretches.ts';
import { settled, unitOf } from '../evaluation/uncertainty/within-range.ts';
import type { Evidence, RowSet } from '../evidence/evidence.ts';
import { rowsId } from '../evidence/evidence-codec.ts';
import { dequantise, dequantiseProbabilities } from '../evidence/quantise.ts';
import { type Metric, type MetricInput, needsProbabilities } from '../metrics/metric.ts';
import { square } from '../stats/elementary.ts';
import { satterthwaiteDf } from '../stats/satterthwaite.ts';
import { takeValues } from '../table/take-values.ts';
import { areEqual, boundError } from './bound-error.ts';
import { dropOf } from './drop-of.ts';
import { fewRowsPValue } from './few-rows.ts';
import { type HardHits, hardHits, NO_HITS, type Predicted } from './hard-hits.ts';
import type { Pairing } from './pair-rows.ts';
import { sharedClusters, widening } from './widening.ts';

/** What a run predicted, and for which rows. */
export interface RunPredictions {
  readonly rowSet: RowSet;
  readonly evidence: Evidence;
}

/** A metric of baseline and candidate, and how certain their difference is. */
export interface Difference {
  readonly baseline: number;
  readonly candidate: number;
  /** How much worse the candidate is, in the metric's unit; negative is better. */
  readonly drop: number;
  /** Null of a metric without one: such a difference is shown, and nothing is decided by it. */
  readonly standardError: number | null;
  readonly df: number;
  /** What there is to count: more of it makes the noise smaller. */
  readonly counted: { readonly n: number; readonly of: 'rows' | 'rarest_class' | 'clusters' };
  /** How much noisier a drop is that hits a few rows hard. */
  readonly hits: HardHits;
  /** The standard error of the baseline's own value; null of a metric without one. */
  readonly baselineError: number | null;
  /** The p-value is at least this, since few rows allow no smaller one; null where there are enough of them. */
  readonly leastPValue: number | null;
  /** The standard error that an upper bound of the drop needs; null where nothing bounds it. */
  readonly boundError: number | null;
  /** What the standard error is made of, as variances; null where it is only recorded, or there is none. */
  readonly parts: NoiseParts | null;
  /** What training again does to either side; absent where that was not compared. */
  readonly repeated?: BothSides;
  /** Set where there are too few rows in the order of time, so that there is no standard error. */
  readonly tooFew?: TooFewInTime;
  /** Set where there is no standard error and none is needed: both sides predict the same. */
  readonly isSame?: true;
}

/** Variances of a difference of two runs. */
export interface NoiseParts {
  /** Of the paired rows; it holds `seedsInRows`. */
  readonly rows: number;
  /** Of both sides' training seeds, σ_b² + σ_c². */
  readonly seeds: number;
  /** What of the seeds' noise the rows already show. */
  readonly seedsInRows: number;
}

const NOTHING_KNOWN = { baseline: null, candidate: null };

/**
 * The difference of a metric on the rows both sides have. Rows: the standard error of the differences of the rows'
 * influences, or of the bootstrap's draws, which are the same rows on both sides. Seeds: what is left of both sides' seed noise
 * after the part that these row differences already hold, which the differences between repeats of one side show:
 * SE² = SE_row² + max(0, σ_b² + σ_c² − SE_AA²). Where the sides have other folds, their models also learned
 * from other rows, which moves whole folds alike: SE_row² is then widened (see `widening`), and so it is for rows in groups.
 *
 * @param options.known seed noise from more runs than these two; else that of their own repeats counts.
 * @param options.isSlice whether the pairs are those of a slice.
 */
export function pairedDifference(
  metric: Metric,
  pairing: Pick<Pairing, 'baseline' | 'candidate'>,
  baseline: RunPredictions,
  candidate: RunPredictions,
  options: {
    readonly known?: { readonly baseline: SeedNoise | null; readonly candidate: SeedNoise | null };
    readonly isSlice?: boolean;
  } = {},
): Difference {
  const { known = NOTHING_KNOWN, isSlice = false } = options;
  const { folds, scale } = baseline.rowSet;
  const pairs = testedPairs(pairing, baseline.rowSet, candidate.rowSet);
  const inputs = {
    before: inputsOf(metric, baseline, pairs.baseline, scale),
    after: inputsOf(metric, candidate, pairs.candidate, scale),
  };
  const drawn = { seed: rowsId(baseline.rowSet), strata: takeBytes(folds, pairs.baseline) };
  // A change that could say which of its rows belong together could say that all do, and nothing would be known of the noise.
  const alike = clustersOf(baseline.rowSet, pairs.baseline);
  const moved = ({ all, folds: own, nFolds }: Predicted) => movedBy(metric, all, nFolds, { ...drawn, strata: own });
  const stretches = alike?.isInTime
    ? stretchesOf(alike.clusters, minus(moved(inputs.after), moved(inputs.before)))
    : null;
  const resampling = { ...drawn, clusters: stretches?.clusters ?? alike?.clusters ?? null };
  const before = evaluatedRun(metric, inputs.before, resampling);
  const after = evaluatedRun(metric, inputs.after, resampling);
  const unit = Math.max(unitOf(metric, before.value, scale), unitOf(metric, after.value, scale));
  const drop = settled(dropOf(metric, before.value, after.value), unit);
  const noises = [known.baseline ?? before.noise, known.candidate ?? after.noise];
  const counted = countedOf(metric, inputs.after.all[0]!.target, resampling.clusters);
  const inGroups = alike && !alike.isInTime ? sharedClusters(alike.clusters) : 0;
  const wider = widening(resampling.strata, takeBytes(candidate.rowSet.folds, pairs.candidate), inGroups);
  const values = {
    ...{ baseline: before.value, candidate: after.value, drop },
    counted,
    hits: isSlice ? NO_HITS : widened(hardHits(metric, inputs.before, resampling, counted.n), wider),
    baselineError:
      before.deviations && Math.sqrt(square(standardError(before.deviations)) + (noises[0]?.variance ?? 0)),
  };
  if (!before.deviations || !after.deviations) {
    const tooFew = stretches?.tooFew ?? null;
    const unknown = { standardError: null, df: before.df, leastPValue: null, boundError: null, parts: null };
    const isSame = areEqual(inputs.before.all, inputs.after.all);
    return { ...values, ...unknown, ...(tooFew && { tooFew }), ...(isSame && { isSame: true as const }) };
  }
  const rowVariance = square(standardError(minus(after.deviations, before.deviations))) * wider;
  const seeds = noises.reduce((sum, noise) => sum + (noise?.variance ?? 0), 0);
  const seedsInRows = before.seedInRows + after.seedInRows;
  const extra = Math.max(0, seeds - seedsInRows);
  const variance = rowVariance + extra;
  const error = settled(Math.sqrt(variance), unit);
  const compared = { before: inputs.before.all, after: inputs.after.all, clusters: resampling.clusters };
  return {
    ...values,
    standardError: error,
    leastPValue: fewRowsPValue(metric, { ...compared, seed: resampling.seed, isSlice }),
    boundError: boundError(metric, compared, { error, rowVariance, wider, extra, nUnits: after.deviations.length }),
    parts: { rows: rowVariance, seeds, seedsInRows },
    repeated: {
      baseline: { repeats: inputs.before.all.length, noise: before.noise },
      candidate: { repeats: inputs.after.all.length, noise: after.noise },
    },
    df: satterthwaiteDf([
      { variance: rowVariance, df: before.df },
      { variance: extra, df: noiseDf(noises) },
    ]),
  };
}

interface EvaluatedRun {
  /** Mean over repeats. */
  readonly value: number;
  readonly deviations: Float64Array | null;
  readonly df: number;
  readonly noise: SeedNoise | null;
  /** Variance between repeats that the deviations already show. */
  readonly seedInRows: number;
}

/** Pairs that a model of both sides predicted: in the order of time the oldest rows are only learned from. */
function testedPairs({ baseline, candidate }: Pick<Pairing, 'baseline' | 'candidate'>, before: RowSet, after: RowSet) {
  const isTested = baseline.map((row, i) =>
    Number(before.folds[row] !== UNTESTED && after.folds[candidate[i]!] !== UNTESTED),
  );
  return { baseline: baseline.filter((_, i) => isTested[i]), candidate: candidate.filter((_, i) => isTested[i]) };
}

/** The variance that a drop adds is one of rows, too. */
function widened({ rise, fall }: HardHits, wider: number): HardHits {
  return { rise: wider * rise, fall: wider * fall };
}

/** What the noise of a metric falls with: groups or stretches of time, the rows of its rarest class, or all rows. */
function countedOf(metric: Metric, target: Float64Array, clusters: Uint32Array | null): Difference['counted'] {
  if (clusters) return { n: new Set(clusters).size, of: 'clusters' };
  const df = metric.degreesOfFreedom?.(target);
  return df === undefined ? { n: target.length, of: 'rows' } : { n: df + 1, of: 'rarest_class' };
}

function clustersOf({ clusters, isInTime }: RowSet, rows: Uint32Array) {
  return clusters ? { clusters: rows.map((row) => clusters[row]!), isInTime } : null;
}

function inputsOf(
  metric: Metric,
  { rowSet, evidence }: RunPredictions,
  rows: Uint32Array,
  scale: RowSet['scale'],
): Predicted {
  const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
  const folds = takeBytes(rowSet.folds, rows);
  const nFolds = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const target = pick(rowSet.target!);
  const nClasses = rowSet.classes.length;
  const all = evidence.repeats.map(({ predictions, decisions, probabilities }): MetricInput => {
    const score = pick(dequantise(predictions, rowSet.scale, scale));
    const predictedClass = nClasses === 0 ? score : pick(decisions);
    const input = { target, nClasses, score, predictedClass };
    const ofClasses =
      needsProbabilities(metric, nClasses) &&
      probabilities &&
      takeValues(dequantiseProbabilities(probabilities), rows, nClasses);
    return { ...input, ...(ofClasses && { probabilities: ofClasses }) };
  });
  return { all, folds, nFolds };
}

function evaluatedRun(metric: Metric, { all, folds, nFolds }: Predicted, resampling: Resampling): EvaluatedRun {
  const repeats = all.map((input) => pooledMetric(metric, input, folds, nFolds, resampling));
  const r = repeats.length;
  return {
    value: repeats.reduce((sum, { value }) => sum + value, 0) / r,
    deviations: meanOver(repeats.map((each) => each.deviations)),
    df: repeats[0]!.df,
    noise: seedNoise(repeats),
    seedInRows: varianceBetween(repeats) / r,
  };
}

/** Row variance of one repeat that comes from its seed: half the squared standard error between two, mean over pairs. */
function varianceBetween(repeats: readonly PooledMetric[]): number {
  let sum = 0;
  let pairs = 0;
  for (const [i, first] of repeats.entries()) {
    for (const second of repeats.slice(i + 1)) {
      if (first.deviations && second.deviations)
        sum += square(standardError(minus(second.deviations, first.deviations))) / 2;
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

function takeBytes(values: Uint8Array, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => values[row]!);
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((moved, i) => moved - b[i]!);
}

function noiseDf(noises: readonly (SeedNoise | null)[]): number {
  return satterthwaiteDf(noises.filter((noise) => noise !== null));
}
