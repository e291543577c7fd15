import { FEWEST_ROWS } from '../evaluation/slice-estimate.ts';
import type { Run } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison, SliceComparison } from './dataset-comparison.ts';
import type { LimitTest } from './judge-limit.ts';
import type { GateResult } from './verdict.ts';

/** The slices of a data set that has rules for them, each as a case of its own: its rows alone, judged by these rules. */
export function sliceComparisons(
  whole: DatasetComparison,
): { readonly slice: SliceComparison; readonly own: DatasetComparison }[] {
  if (Object.keys(whole.gates.bySlice).length === 0) return [];
  return whole.slices.map((slice) => ({
    slice,
    own: {
      ...whole,
      gates: { ...whole.gates, byMetric: whole.gates.bySlice, byBudget: {}, bySlice: {} },
      candidate: onSlice(whole.candidate, slice),
      baseline: whole.baseline instanceof Map ? onSlice(whole.baseline, slice) : whole.baseline,
      comparisons: slice.comparisons,
      slices: [],
    },
  }));
}

function onSlice(evaluatedRuns: ReadonlyMap<string, EvaluatedRun>, slice: SliceComparison): Map<string, EvaluatedRun> {
  return new Map(
    [...evaluatedRuns].map(([model, evaluatedRun]) => [
      model,
      { ...evaluatedRun, run: runOnSlice(evaluatedRun.run, slice) },
    ]),
  );
}

/** A run that knows the metrics of a slice alone. */
function runOnSlice(run: Run, { column, value }: SliceComparison): Run {
  const slice = run.slices?.find((each) => each.column === column && each.value === value);
  const metrics = Object.entries(run.metrics).map(([id, result]): [string, Run['metrics'][string]] => [
    id,
    { ...result, outOfFold: slice?.metrics[id] ?? { value: null, ci: null, se: null, n: slice?.n ?? 0 } },
  ]);
  return { ...run, metrics: Object.fromEntries(metrics) };
}

/** A limit is tested on a slice only where it has enough rows. */
export function testOfSlice(test: LimitTest, { column, value }: SliceComparison, own: DatasetComparison): LimitTest {
  const estimate = own.candidate.get(test.model)?.run.metrics[test.metric]?.outOfFold;
  const slice = { column, value };
  if (test.difference === null || (estimate && estimate.n >= FEWEST_ROWS)) return { ...test, slice };
  return { ...test, slice, difference: null, pValue: null, without: 'missing', value: null };
}

/**
 * What a gate on a slice came to. Few rows, or one class alone, give no value: that is shown and not judged. Where rows could not
 * be paired, there is a value and no way to compare it.
 */
export function gateOfSlice(gate: GateResult, { column, value }: SliceComparison, own: DatasetComparison): GateResult {
  const named = { ...gate, slice: { column, value } };
  if (gate.reason !== 'missing' || !own.candidate.has(gate.model)) return named;
  return gate.value === null
    ? { ...named, outcome: 'pass', reason: 'slice_too_small' }
    : { ...named, outcome: 'inconclusive', reason: 'slice_unpaired' };
}
