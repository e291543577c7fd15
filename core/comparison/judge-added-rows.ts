import type { AddedRows, ModelComparison } from './compare-models.ts';
import type { DatasetComparison, SliceComparison } from './dataset-comparison.ts';
import type { LimitGate } from './gate-result.ts';

/** A dataset as limits judge it, and how their results are named. */
interface Trained {
  readonly own: DatasetComparison;
  readonly named: (gate: LimitGate) => LimitGate;
}

/**
 * A dataset of which the judged model was trained twice, as two: without the added rows, which shows what the code did, and with them,
 * which shows what they did. Otherwise as the one that it is.
 *
 * @param model the one that limits compare.
 */
export function trainedTwice(each: DatasetComparison, model: string | null): Trained[] {
  const added = model === null ? undefined : each.comparisons.get(model)?.added;
  if (added?.kind !== 'twice') return [{ own: each, named: (gate) => gate }];
  return [
    { own: withoutAdded(each), named: (gate) => ({ ...gate, trainedOn: 'shared_rows' }) },
    { own: each, named: (gate) => ({ ...gate, trainedOn: 'all_rows' }) },
  ];
}

function withoutAdded(each: DatasetComparison): DatasetComparison {
  return {
    ...each,
    comparisons: withoutAddedIn(each.comparisons),
    slices: each.slices.map((slice) => ({ ...slice, comparisons: withoutAddedIn(slice.comparisons) })),
  };
}

function withoutAddedIn(comparisons: DatasetComparison['comparisons']): Map<string, ModelComparison> {
  return new Map(
    [...comparisons].map(([model, comparison]) => [
      model,
      comparison.added?.kind === 'twice' ? { ...comparison, differences: comparison.added.without } : comparison,
    ]),
  );
}

/**
 * The limits, with what is due to rows that a change adds. Where the model holds without them and fails with them, they are the reason. Drift
 * and poison look alike, so a person has to say. Where it is not known what is due to them, no limit passes.
 */
export function withAddedRowsExplained(
  gates: readonly LimitGate[],
  datasets: readonly DatasetComparison[],
): LimitGate[] {
  return gates.map((gate) => {
    const added = addedRowsOf(gate, datasets);
    if (!added || gate.compared === null || gate.trainedOn === 'shared_rows') return gate;
    if (added.kind === 'unknown')
      return gate.outcome === 'fail' ? gate : { ...gate, outcome: 'not_comparable', reason: 'added_rows_unknown' };
    if (gate.reason !== 'drop_past_limit') return gate;
    if (added.kind !== 'twice')
      return { ...gate, reason: 'added_rows', addedRows: { drop: gate.compared.drop, gain: null } };
    const without = gates.find((other) => other.trainedOn === 'shared_rows' && isSameLimit(other, gate));
    const drop = gate.compared.drop - (without?.compared?.drop ?? 0);
    if (without?.outcome === 'fail' || drop <= 0) return gate;
    const gain = gate.slice ? null : (added.onThemselves.get(gate.metric) ?? null);
    return { ...gate, reason: 'added_rows', addedRows: { drop, gain } };
  });
}

function addedRowsOf(
  { dataset, model, slice }: LimitGate,
  datasets: readonly DatasetComparison[],
): AddedRows | undefined {
  const whole = datasets.find((each) => each.dataset === dataset);
  const own = slice ? whole?.slices.find((each) => isSameSlice(each, slice)) : whole;
  return model === null ? undefined : own?.comparisons.get(model)?.added;
}

/** Whether two results are of one limit: of the same metric, dataset and slice. */
export function isSameLimit(a: LimitGate, b: LimitGate): boolean {
  const onSame = a.slice && b.slice ? isSameSlice(a.slice, b.slice) : a.slice === b.slice;
  return a.dataset === b.dataset && a.metric === b.metric && onSame;
}

function isSameSlice(
  a: Pick<SliceComparison, 'column' | 'value'>,
  b: Pick<SliceComparison, 'column' | 'value'>,
): boolean {
  return a.column === b.column && a.value === b.value;
}
