import { FEWEST_ROWS } from '../evaluation/slice-estimate.ts';
import type { Run } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison, SliceComparison } from './dataset-comparison.ts';
import type { FloorGate, LimitGate } from './gate-result.ts';
import type { LimitTest } from './judge-limit.ts';

/** The slices of a dataset that has rules for them, each as a dataset of its own: its rows alone, judged by these rules. */
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
    { ...result, outOfFold: slice?.metrics[id] ?? { value: null, ci: null, se: null, n: 0 } },
  ]);
  return { ...run, metrics: Object.fromEntries(metrics) };
}

/** A limit is tested on a slice only where it has enough rows. */
export function testOfSlice(test: LimitTest, own: DatasetComparison): LimitTest {
  const run = test.model === null ? undefined : own.candidate.get(test.model)?.run;
  const estimate = run?.metrics[test.metric]?.outOfFold;
  if (test.difference === null || (estimate && estimate.n >= FEWEST_ROWS)) return test;
  return { ...test, difference: null, pValue: null, without: 'missing', value: null };
}

/** What a floor on a slice came to. Few rows, or one class alone, give no value: that is shown and not judged. */
export function floorOfSlice(gate: FloorGate, { column, value }: SliceComparison, own: DatasetComparison): FloorGate {
  const named = { ...gate, slice: { column, value } };
  return lacksValue(gate, own) ? { ...named, ...TOO_SMALL } : named;
}

/** What a limit on a slice came to. Where rows could not be paired, there is a value and no way to compare it. */
export function limitOfSlice(gate: LimitGate, { column, value }: SliceComparison, own: DatasetComparison): LimitGate {
  const named = { ...gate, slice: { column, value } };
  if (!lacksValue(gate, own)) return named;
  if (gate.value === null) return { ...named, ...TOO_SMALL };
  return { ...named, outcome: 'not_comparable', reason: 'slice_unpaired' };
}

const TOO_SMALL = { outcome: 'pass', reason: 'slice_too_small' } as const;

/** Whether a slice of a model that was trained gives nothing to judge. */
function lacksValue({ reason, model }: FloorGate | LimitGate, { candidate }: DatasetComparison): boolean {
  return reason === 'missing' && candidate.has(model ?? '');
}
