import { UNTESTED } from '../dataset/evaluation-set.ts';
import { foldMeans, NOT_MEASURED, outOfFold } from '../evaluation/estimates.ts';
import { FEWEST_ROWS } from '../evaluation/slice-estimate.ts';
import { withNoiseHistory } from '../evaluation/uncertainty/noise-history.ts';
import type { SeedNoise } from '../evaluation/uncertainty/seed-noise.ts';
import type { RowSet, SliceColumn } from '../evidence/evidence.ts';
import { rowsId } from '../evidence/evidence-codec.ts';
import { dequantise, dequantiseProbabilities } from '../evidence/quantise.ts';
import { metrics } from '../metrics/index.ts';
import { type MetricInput, needsProbabilities } from '../metrics/metric.ts';
import { takeValues } from '../table/take-values.ts';
import type { Estimate, Run } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import { pairRows, sameKeyColumns } from './pair-rows.ts';
import type { RunPredictions } from './paired-difference.ts';

/**
 * A run of which only the predictions are believed: its metrics out of fold and on the test set, its slices and the noise of its seeds
 * are computed anew, on the targets and the slices that the baseline has of a row. Without predictions its numbers are its own words. Evidence of a large
 * dataset holds a sample of its rows, and so does what is computed from it.
 *
 * @param baseline the same model's run of the base, or any of that dataset.
 */
export function recomputedRun(
  { run, predictions, rows }: EvaluatedRun,
  baseline: EvaluatedRun | undefined,
): EvaluatedRun {
  if (!predictions?.rowSet.target)
    return { run: { ...run, measuredOn: 'self_reported' }, predictions: null, ...(rows && { rows }) };
  const target = believedTarget({ run, predictions }, baseline);
  const slices = believedSlices({ run, predictions }, baseline);
  const { rowSet, evidence } = predictions;
  const measure = estimatesOf(predictions, target, () => true);
  // The first repeat's model of fold 0 is the one that is kept.
  const [kept] = evidence.repeats;
  const onTest = estimatesOf(
    { rowSet, evidence: { ...evidence, repeats: [kept!] } },
    target,
    (row) => rowSet.folds[row] === 0,
  );
  const recomputed = Object.entries(run.metrics).map(([id, { history: _, ...result }]) => {
    const { estimate, noise, folds } = metrics.has(id) ? measure(id) : UNKNOWN;
    const { estimate: test } = metrics.has(id) ? onTest(id) : UNKNOWN;
    return [id, { ...result, test, outOfFold: estimate, folds, seedNoise: noise }];
  });
  const { slices: _, ...rest } = run;
  const own: Run = {
    ...rest,
    metrics: Object.fromEntries(recomputed),
    ...(isTestSetAlone(rowSet) && { measuredOn: 'test' as const }),
    split: { ...run.split, repeats: evidence.repeats.length },
    ...(slices.length > 0 && { slices: slices.flatMap((column) => slicesOf(column, { run, predictions, target })) }),
  };
  return { run: withNoiseHistory(own, baseline?.run), predictions: { evidence, rowSet: { ...rowSet, slices } } };
}

const UNKNOWN = { estimate: NOT_MEASURED, noise: null, folds: [] };

function isTestSetAlone({ folds }: RowSet): boolean {
  return folds.every((fold) => fold === UNTESTED || fold === 0);
}

type Recorded = NonNullable<Run['slices']>[number];

function slicesOf(
  { column, values, codes }: SliceColumn,
  {
    run,
    predictions,
    target,
  }: { readonly run: Run; readonly predictions: RunPredictions; readonly target: Float64Array },
): Recorded[] {
  const { folds } = predictions.rowSet;
  return values.map((value, code): Recorded => {
    const isIn = (row: number) => codes[row] === code;
    const n = codes.filter((each, row) => each === code && folds[row] !== UNTESTED).length;
    const measure = n < FEWEST_ROWS ? null : estimatesOf(predictions, target, isIn);
    const known = Object.keys(run.metrics).filter((id) => metrics.has(id));
    const estimates = known.map((id) => [id, measure ? measure(id).estimate : { ...NOT_MEASURED, n }]);
    return { column, value, n, metrics: Object.fromEntries(estimates) };
  });
}

/** @param isIn whether a row counts. */
function estimatesOf(
  { rowSet, evidence }: RunPredictions,
  target: Float64Array,
  isIn: (row: number) => boolean,
): (id: string) => {
  readonly estimate: Estimate;
  readonly noise: SeedNoise | null;
  readonly folds: readonly (number | null)[];
} {
  const { folds, scale, classes, clusters, isInTime } = rowSet;
  const nClasses = classes.length;
  const rows = Uint32Array.from(folds.keys()).filter((row) => folds[row] !== UNTESTED && isIn(row));
  const strata = Uint8Array.from(rows, (row) => folds[row]!);
  const nFolds = strata.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const resampling = {
    ...{ seed: rowsId(rowSet), strata },
    clusters: clusters ? Uint32Array.from(rows, (row) => clusters[row]!) : null,
    isInTime: isInTime === true,
  };
  const inputs = evidence.repeats.map(({ predictions, decisions, probabilities }): MetricInput => {
    const score = takeValues(dequantise(predictions, scale), rows);
    return {
      ...{ nClasses, score, target: takeValues(target, rows) },
      predictedClass: nClasses === 0 ? score : Float64Array.from(rows, (row) => decisions[row]!),
      ...(probabilities && { probabilities: takeValues(dequantiseProbabilities(probabilities), rows, nClasses) }),
    };
  });
  return (id) => {
    const metric = metrics.get(id);
    const isKnown =
      rows.length > 0 &&
      inputs.every(({ probabilities }) => !needsProbabilities(metric, nClasses) || probabilities !== undefined);
    if (!isKnown) return UNKNOWN;
    const { repeats, ...found } = outOfFold(metric, inputs, nFolds, resampling);
    return { ...found, folds: foldMeans(repeats, nFolds) };
  };
}

/** The targets of the candidate's rows, as the baseline has them: a row that the change relabelled gets its old label back. */
function believedTarget(candidate: EvaluatedRun, baseline: EvaluatedRun | undefined): Float64Array {
  const own: RowSet = candidate.predictions!.rowSet;
  const before = baseline?.predictions?.rowSet;
  if (!baseline || !before?.target) return own.target!;
  const sameKeys = sameKeyColumns(baseline.run.data.keyColumns, candidate.run.data.keyColumns);
  const agreed = new Set(pairRows(before, own, sameKeys).candidate);
  // Without targets, rows are the same by their keys alone.
  const { target: _, ...unlabelled } = own;
  const pairs = pairRows(before, unlabelled, sameKeys);
  if (pairs.by !== 'key') return own.target!;
  const target = own.target!.slice();
  pairs.candidate.forEach((row, i) => {
    const value = before.target![pairs.baseline[i]!]!;
    const known = own.classes.length === 0 ? value : own.classes.indexOf(before.classes[value] ?? '');
    if (!agreed.has(row) && (own.classes.length === 0 || known >= 0)) target[row] = known;
  });
  return target;
}

/**
 * The slices of the candidate's rows: where the baseline has the row and slices by the column, the row stays in the slice that it
 * was in. A column that only one of them slices by is taken as it is.
 */
function believedSlices(candidate: EvaluatedRun, baseline: EvaluatedRun | undefined): SliceColumn[] {
  const { slices: own = [], target: _, ...unlabelled } = candidate.predictions!.rowSet;
  const { slices: before = [], target: __, ...rows } = baseline?.predictions?.rowSet ?? { ...unlabelled, slices: [] };
  const sameKeys = baseline && sameKeyColumns(baseline.run.data.keyColumns, candidate.run.data.keyColumns);
  const pairs = sameKeys && before.length > 0 ? pairRows(rows, unlabelled, true) : null;
  if (!pairs) return [...own];
  const columns = [...new Set([...before, ...own].map(({ column }) => column))];
  return columns.map((column): SliceColumn => {
    const after = own.find((each) => each.column === column);
    const base = before.find((each) => each.column === column);
    if (!base) return after!;
    const values = [...new Set([...base.values, ...(after?.values ?? [])])];
    const codes = Uint8Array.from(unlabelled.keys, (_key, row) =>
      after ? values.indexOf(after.values[after.codes[row]!]!) : NO_SLICE,
    );
    pairs.candidate.forEach((row, i) => {
      codes[row] = values.indexOf(base.values[base.codes[pairs.baseline[i]!]!]!);
    });
    return { column, values, codes };
  });
}

/** Of a row of which nothing says in which slice it is; columns have far fewer values. */
const NO_SLICE = 255;
