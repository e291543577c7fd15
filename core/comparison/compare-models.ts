import { historyNoise, knownNoise } from '../evaluation/uncertainty/noise-history.ts';
import { settled, unitOf } from '../evaluation/uncertainty/within-range.ts';
import type { RowSet } from '../evidence/evidence.ts';
import { labelsOf } from '../evidence/kept-rows.ts';
import { metrics } from '../metrics/index.ts';
import { square } from '../stats/elementary.ts';
import type { Run } from '../tracking/run.ts';
import { dropOf } from './drop-of.ts';
import type { SliceName } from './gate-result.ts';
import { NO_HITS } from './hard-hits.ts';
import { type Pairing, pairRows, sameKeyColumns } from './pair-rows.ts';
import { type Difference, pairedDifference, type RunPredictions } from './paired-difference.ts';
import { isSelfReported } from './weakness.ts';

/** A standard error from here on is not known: its square, times the rows, may be more than a double holds. */
const MOST_ERROR = 1e140;

/** A run and what it predicted; null where its evidence is not there. */
export interface EvaluatedRun {
  readonly run: Run;
  readonly predictions: RunPredictions | null;
  /** What is kept of its rows where its predictions are not. */
  readonly rows?: RowSet;
}

/** The rows of a run as far as they are kept. */
export function rowsOf({ predictions, rows }: EvaluatedRun): RowSet | undefined {
  return predictions?.rowSet ?? rows;
}

/**
 * What the rows that a change adds have to do with a difference. `alone`: nothing else changed, so without them the model is the
 * baseline's. `twice`: the model was trained without them too. `unknown`: it should have been, and was not.
 */
export type AddedRows =
  | { readonly kind: 'alone' | 'unknown' }
  | {
      readonly kind: 'twice';
      /** Per metric, of the model that was trained without them, beside the baseline on the baseline's rows. */
      readonly without: ReadonlyMap<string, Difference>;
      /** Per metric, by how much they make the model better on themselves. */
      readonly onThemselves: ReadonlyMap<string, number>;
    };

/** A model of the candidate beside the same model of the baseline. */
export interface ModelComparison {
  readonly pairing: Pairing['by'];
  readonly counts: Pairing['counts'];
  /** Per metric; absent where one side has no value. */
  readonly differences: ReadonlyMap<string, Difference>;
  /** What the rows that the candidate's table has besides have to do with it; absent: there are none, or they do not matter. */
  readonly added?: AddedRows;
}

/**
 * Compares two runs of one model on the rows they share; without pairs, by what the runs themselves recorded.
 *
 * @param slice only rows that are of it in the candidate's row set count.
 */
export function compareModels(
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  metricIds: readonly string[],
  slice?: SliceName,
): ModelComparison {
  const known = pairedRows(baseline, candidate);
  const whole = baseline.predictions && candidate.predictions ? known : undefined;
  const pairing = whole && slice ? withinSlice(whole, candidate.predictions!.rowSet, slice) : whole;
  const differences = new Map<string, Difference>();
  // Where every row was edited or relabelled, no pair is left, and what the runs recorded has to do.
  const before =
    pairing && whole && pairing.by !== 'unpaired' && whole.baseline.length > 0
      ? withTargets(baseline.predictions!, candidate.predictions!, pairing)
      : null;
  for (const id of metricIds) {
    const difference =
      pairing && before
        ? pairedDifference(metrics.get(id), pairing, before, candidate.predictions!, {
            known: knownNoise(id, baseline.run, candidate.run),
            isSlice: slice !== undefined,
          })
        : slice
          ? undefined
          : recordedDifference(id, baseline.run, candidate.run);
    if (difference && Number.isFinite(difference.drop)) {
      const finite = withFiniteNoise(difference);
      differences.set(id, slice ? finite : withHistory(finite, baseline.run, id));
    }
  }
  return {
    pairing: pairing?.by ?? 'unpaired',
    counts: known
      ? {
          ...known.counts,
          ...rowsOfNewClasses(known.counts, rowsOf(baseline)!, candidate),
          ...(hidesTargets(baseline, candidate) && { targetsUnknown: true as const }),
        }
      : rowCounts(baseline.run, candidate.run),
    differences,
  };
}

/** Which rows are the same, where both sides' are kept. */
function pairedRows(baseline: EvaluatedRun, candidate: EvaluatedRun): Pairing | undefined {
  const [before, after] = [rowsOf(baseline), rowsOf(candidate)];
  const sameKeys = sameKeyColumns(baseline.run.data.keyColumns, candidate.run.data.keyColumns);
  return before && after && pairRows(before, after, sameKeys);
}

/** Numbers whose squares a double cannot hold, as in a record that was written elsewhere, have a noise that is not known. */
function withFiniteNoise(difference: Difference): Difference {
  const { standardError, baselineError, df } = difference;
  // What is printed and decided squares the standard error, times the rows.
  if (standardError === null || (standardError < MOST_ERROR && df > 0 && Number.isFinite(baselineError ?? 0)))
    return difference;
  const { repeated: _, ...rest } = difference;
  const unknown = { standardError: null, baselineError: null, leastPValue: null, boundError: null, parts: null };
  return { ...rest, ...unknown, df: 1 };
}

/** What the baseline's repeats alone say of its seeds is little: with what its history says, where that is of as many repeats. */
function withHistory(difference: Difference, { metrics: measured, split }: Run, id: string): Difference {
  const noise = historyNoise(measured[id]);
  const { repeated } = difference;
  if (!repeated || !noise || repeated.baseline.repeats !== split.repeats) return difference;
  return { ...difference, repeated: { ...repeated, baseline: { ...repeated.baseline, noise } } };
}

function withinSlice(pairing: Pairing, { slices = [] }: RowSet, { column, value }: SliceName): Pairing {
  const own = slices.find((each) => each.column === column);
  const code = own?.values.indexOf(value);
  const isIn = pairing.candidate.map((row) => Number(own !== undefined && own.codes[row] === code));
  return {
    ...pairing,
    baseline: pairing.baseline.filter((_, i) => isIn[i]),
    candidate: pairing.candidate.filter((_, i) => isIn[i]),
  };
}

/**
 * The baseline's predictions with targets: its own, or, where they were not kept, those of the candidate's rows by pairs. Rows
 * without a pair get NaN, and are not looked at.
 */
function withTargets(baseline: RunPredictions, candidate: RunPredictions, pairing: Pairing): RunPredictions | null {
  const { rowSet } = baseline;
  const { target: after, classes } = candidate.rowSet;
  if (!after) return null;
  if (rowSet.target) return baseline;
  const target = new Float64Array(rowSet.keys.length).fill(Number.NaN);
  const index = new Map(rowSet.classes.map((name, k) => [name, k]));
  pairing.baseline.forEach((b, pair) => {
    const value = after[pairing.candidate[pair]!]!;
    target[b] = classes.length === 0 ? value : index.get(classes[value]!)!;
  });
  return { ...baseline, rowSet: { ...rowSet, target } };
}

/** Rows of classes that the baseline does not know: those that were left out, else those that are there. */
function rowsOfNewClasses(
  { candidateRows }: Pairing['counts'],
  before: RowSet,
  candidate: EvaluatedRun,
): Partial<Pairing['counts']> {
  const { ofNewClasses: leftOut } = candidate.run.data;
  if (leftOut) return { ofNewClasses: leftOut, candidateRows: candidateRows + leftOut };
  const { target = new Float64Array(0), classes } = rowsOf(candidate)!;
  const isNew = classes.map((label) => before.classes.length > 0 && !before.classes.includes(label));
  const ofNewClasses = isNew.includes(true) ? target.reduce((n, k) => n + Number(isNew[k]), 0) : 0;
  return ofNewClasses > 0 ? { ofNewClasses } : {};
}

/** Whether it cannot be told that rows were relabelled: the same row set, by its id, has the same targets. */
function hidesTargets(baseline: EvaluatedRun, candidate: EvaluatedRun): boolean {
  const isKnown = labelsOf(rowsOf(baseline)!) !== null;
  return !isKnown && baseline.run.data.rowSet !== candidate.run.data.rowSet;
}

function recordedDifference(id: string, baseline: Run, candidate: Run): Difference | undefined {
  const before = baseline.metrics[id]?.outOfFold;
  const after = candidate.metrics[id]?.outOfFold;
  if (before?.value == null || after?.value == null) return undefined;
  // Of a command's own word there is nothing to know.
  if ((before.se === null || after.se === null) && [baseline, candidate].some(isSelfReported)) return undefined;
  const metric = metrics.get(id);
  const unit = Math.max(unitOf(metric, before.value), unitOf(metric, after.value));
  const standardError =
    before.se === null || after.se === null ? null : settled(Math.sqrt(square(before.se) + square(after.se)), unit);
  return {
    baseline: before.value,
    candidate: after.value,
    drop: settled(dropOf(metric, before.value, after.value), unit),
    standardError,
    leastPValue: null,
    // Without any variation on either side nothing is known of what both do to a row.
    boundError: standardError !== null && standardError > 0 ? standardError : null,
    df: Math.max(1, Math.min(before.n, after.n) - 1),
    counted: { n: Math.min(before.n, after.n), of: 'rows' },
    // Both sides have other rows, so nothing is known of those that differ.
    hits: NO_HITS,
    baselineError: before.se,
    parts: null,
  };
}

function rowCounts(baseline: Run, candidate: Run): Pairing['counts'] {
  const { rows: baselineRows } = baseline.data;
  const { rows: candidateRows } = candidate.data;
  return {
    baselineRows,
    candidateRows,
    shared: 0,
    gone: Math.max(0, baselineRows - candidateRows),
    relabelled: 0,
    added: Math.max(0, candidateRows - baselineRows),
  };
}
