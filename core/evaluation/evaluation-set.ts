import { type EvaluationSet, UNTESTED } from '../dataset/evaluation-set.ts';
import type { SplitPlan } from '../dataset/split-plan.ts';
import type { Target } from '../dataset/target.ts';
import { sortByBytes, type Table } from '../table/table.ts';
import { takeValues } from '../table/take-values.ts';
import { columnDigests, targetDigest } from './split/column-digests.ts';
import { splitRows } from './split/index.ts';
import { rowKeys } from './split/row-keys.ts';
import { isBefore } from './split/time-folds.ts';

/** Gives every row its key and fold. `keyColumns` may name the id column, the features, or what a baseline used. */
export function prepareEvaluationSet(options: {
  readonly dataset: string;
  /** Names the table in messages. */
  readonly file: string;
  readonly table: Table;
  readonly target: Target;
  readonly keyColumns: readonly string[];
  /** What models learn from; default: `keyColumns`. */
  readonly features?: readonly string[];
  /** What a baseline's models learned from, by the baseline's names; null: there is none, or the table lacks one of them. */
  readonly baselineFeatures?: readonly string[] | null;
  /** What rows are equal in that stay together; default: `features`. */
  readonly foldFeatures?: readonly string[] | null;
  readonly plan: SplitPlan;
  readonly cuts: readonly number[] | null;
  /** nRows: folds that are given instead of made; only of a plan without groups and time. */
  readonly folds?: Uint8Array | null;
}): EvaluationSet {
  const { dataset, table, target, keyColumns, plan } = options;
  const keys = rowKeys(table, keyColumns);
  const { values } = target;
  const order = Uint32Array.from(keys.keys());
  order.sort((a, b) => keys[a]! - keys[b]! || values[a]! - values[b]! || a - b);
  const split = options.folds
    ? { folds: options.folds, clusters: null, time: null, duplicates: null }
    : splitRows({
        ...options,
        keys,
        features: options.foldFeatures ?? options.features ?? keyColumns,
        target: values,
        nClasses: target.classes.length,
      });
  return {
    ...{ ...split, dataset, target, keys, nFolds: plan.folds, order },
    ...recognition(options, keys),
  };
}

/**
 * What shows that rows are still what they were: what models learned from, and the group or the time, which says from which rows they
 * may learn.
 */
function recognition(
  {
    table,
    target,
    keyColumns,
    features = keyColumns,
    baselineFeatures,
    plan: { group, time },
  }: Parameters<typeof prepareEvaluationSet>[0],
  keys: Float64Array,
): Pick<EvaluationSet, 'keyColumns' | 'contents' | 'columns' | 'targetDigest'> {
  const parting = [group, time].filter((name) => name !== null);
  const held = [features, ...(baselineFeatures ? [baselineFeatures] : [])].map((each) => [
    ...new Set([...each, ...parting]),
  ]);
  const lists = new Map(held.map((each) => [sortByBytes(each).join('\n'), each]));
  return {
    keyColumns: sortByBytes(keyColumns),
    contents: [...lists].map(([list, each]) => ({
      columns: sortByBytes(each),
      hashes: list === sortByBytes(keyColumns).join('\n') ? keys : rowKeys(table, each),
    })),
    columns: columnDigests(table, [...new Set([...features, ...keyColumns, ...parting])]),
    targetDigest: targetDigest(target),
  };
}

/** The evaluation set of one fold's rows only, as if the file had no others; `rows` are their places in the file, ascending. */
export function evaluationSetOfFold(
  evaluationSet: EvaluationSet,
  fold: number,
): { readonly evaluationSet: EvaluationSet; readonly rows: Uint32Array } {
  const tested = testRowsOf(evaluationSet, fold);
  const rows = tested.slice().sort();
  const place = new Map([...rows].map((row, i) => [row, i]));
  const own: EvaluationSet = {
    ...evaluationSet,
    target: { ...evaluationSet.target, values: Float64Array.from(rows, (row) => evaluationSet.target.values[row]!) },
    keys: Float64Array.from(rows, (row) => evaluationSet.keys[row]!),
    contents: evaluationSet.contents.map((each) => ({ ...each, hashes: takeValues(each.hashes, rows) })),
    folds: Uint8Array.from(rows, (row) => evaluationSet.folds[row]!),
    clusters: evaluationSet.clusters && Uint32Array.from(rows, (row) => evaluationSet.clusters![row]!),
    ...{ time: null, duplicates: null },
    order: tested.map((row) => place.get(row)!),
    elsewhere: evaluationSet.keys.filter((_, row) => !place.has(row)),
  };
  return { evaluationSet: own, rows };
}

/** Rows of a fold, in the order of the evaluation set. */
export function testRowsOf({ order, folds }: EvaluationSet, fold: number): Uint32Array {
  return order.filter((row) => folds[row] === fold);
}

/** Rows that a fold's model may learn from, in the order of the evaluation set: those of other folds or, where time orders them, earlier ones. */
export function trainRowsOf({ order, folds, time }: EvaluationSet, fold: number): Uint32Array {
  return order.filter((row) => (time ? isBefore(time, fold, row) : folds[row] !== fold));
}

/** Rows that some fold's model predicts, in the order of the evaluation set. */
export function testedRowsOf({ order, folds }: EvaluationSet): Uint32Array {
  return order.filter((row) => folds[row] !== UNTESTED);
}
