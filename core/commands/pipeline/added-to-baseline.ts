import { addsNothingElse, allKeys, keysDigest, rowsOfBaseline } from '../../comparison/added-rows.ts';
import type { Baseline } from '../../comparison/baseline.ts';
import { type Pairing, pairRows } from '../../comparison/pair-rows.ts';
import { comparedModel } from '../../comparison/selected-model.ts';
import { expectedModels, isDropped } from '../../config/planned-models.ts';
import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { trainRowsOf } from '../../evaluation/evaluation-set.ts';
import type { RowSet } from '../../evidence/evidence.ts';
import type { BesideBaseline } from './beside-baseline.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** A table that has rows which its baseline does not have. */
export interface AddedToBaseline {
  /** `keysDigest` of the baseline's rows. */
  readonly keys: string;
  /** nRows: 1 of a row that the baseline has too. */
  readonly isShared: Uint8Array;
  readonly nAdded: number;
  /** Whether a model has to be trained without the added rows, too. */
  isNeededFor(model: string, recipe: string | null): boolean;
}

/**
 * The rows that a change adds to a table, where a limit compares a model. That model is trained twice if something else changed too. Null:
 * none are added, it does not matter (in the order of time, on a branch that sets rules), or the baseline's rows are not known.
 */
export function addedToBaseline(
  dataset: LoadedDataset,
  baseline: Baseline,
  { rows, sameKeys }: BesideBaseline,
  { evaluationSet, rowSet }: { readonly evaluationSet: EvaluationSet; readonly rowSet: RowSet },
): AddedToBaseline | null {
  if (baseline.kind === 'none' || !rows || !sameKeys || evaluationSet.time || !hasLimits(dataset)) return null;
  const [first] = baseline.evaluatedRuns.values();
  const before = allKeys({ rowSet: rows, tableRows: first!.run.data.rows });
  if (!before) return null;
  const { candidate, counts } = pairRows(rows, rowSet, true);
  const paired = candidate.map((row) => rowSet.positions![row]!);
  const isShared = rowsOfBaseline(evaluationSet.keys, before, paired);
  const nAdded = isShared.reduce((n, shared) => n + 1 - shared, 0);
  if (nAdded === 0 || !canLearn(evaluationSet, isShared)) return null;
  return { keys: keysDigest(before), isShared, nAdded, isNeededFor: neededFor(dataset, baseline, counts) };
}

function hasLimits({ config }: LoadedDataset): boolean {
  const { byMetric, bySlice } = config.gates;
  return [...Object.values(byMetric), ...Object.values(bySlice)].some((gate) => gate.max_drop !== undefined);
}

/** Whether every fold still has rows to learn from. */
function canLearn(evaluationSet: EvaluationSet, isShared: Uint8Array): boolean {
  const folds = Array.from({ length: evaluationSet.nFolds }, (_, fold) => fold);
  return folds.every((fold) => trainRowsOf(evaluationSet, fold).some((row) => isShared[row] === 1));
}

/** Limits compare one model: the one that the baseline selects or, where the change drops that, whatever takes its place. */
function neededFor(
  { models, config, metrics }: LoadedDataset,
  { evaluatedRuns }: Extract<Baseline, { sha: string }>,
  counts: Pairing['counts'],
): AddedToBaseline['isNeededFor'] {
  const compared = comparedModel({
    ...{ gates: config.gates, metrics, baseline: evaluatedRuns, candidate: new Map(), comparisons: new Map() },
    models: expectedModels(models),
    listed: [],
  });
  const takesAnyPlace = isDropped(models, compared);
  return (model, recipe) => {
    if (takesAnyPlace) return true;
    const before = evaluatedRuns.get(model)?.run;
    if (!before || (compared !== null && model !== compared)) return false;
    return !addsNothingElse(before, recipe === null ? {} : { recipeSha256: recipe }, counts);
  };
}
