import { UNTESTED } from '../dataset/evaluation-set.ts';
import { StoreError } from '../errors/app-error.ts';
import { isRunId } from '../tracking/run-id.ts';
import type { Evidence, OutOfFold, RowSet, SliceColumn } from './evidence.ts';
import { isFloat16NaN } from './float16.ts';

/** Most rows in one row set. */
export const MAX_ROWS = 5_000_000;
export const MAX_REPEATS = 100;
const MAX_FOLDS = 100;
/** Decisions are stored in one byte. */
export const MAX_CLASSES = 256;
/** Keys have 40 bits. */
const KEY_END = 0x10000000000;

/**
 * Why a row set cannot be right, or undefined. Keys ascend and have 40 bits, folds are below 100, targets are finite
 * (class indices where there are classes), positions are distinct rows of the dataset, a scale belongs to a regression, slices to a
 * target.
 */
export function rowSetFault(rowSet: Omit<RowSet, 'id'>): string | undefined {
  const { dataset, keys, folds, clusters, isInTime, slices, target, positions, classes, nRows, scale } = rowSet;
  const n = keys.length;
  if (dataset.length === 0 || dataset.length > 200) return 'the name of the dataset is empty or too long';
  if (n > MAX_ROWS) return `more than ${MAX_ROWS} rows`;
  if ([folds, target ?? keys, positions ?? keys, clusters ?? keys].some(({ length }) => length !== n)) {
    return 'its arrays differ in length';
  }
  if ((target === undefined) !== (positions === undefined)) return 'target and positions go together';
  if (slices && !target) return 'slices go with the target';
  if (isInTime && !clusters) return 'there is no order of time without clusters';
  if (!Number.isInteger(nRows) || nRows < n || nRows > 0xffffffff) return 'the number of rows is out of range';
  if (classes.length > MAX_CLASSES) return `more than ${MAX_CLASSES} classes`;
  if (classes.some((name) => name.length > 1000)) return 'a class name is too long';
  if (new Set(classes).size !== classes.length) return 'two classes have one name';
  if ((scale === null) === (classes.length === 0)) return 'it needs either classes or a scale';
  if (scale && !(Number.isFinite(scale.mean) && Number.isFinite(scale.sd) && scale.sd >= 0)) {
    return 'the scale is no finite mean and standard deviation';
  }
  let last = 0;
  for (const key of keys) {
    if (!Number.isInteger(key) || key < last || key >= KEY_END) return 'keys are not ascending 40-bit numbers';
    last = key;
  }
  if (folds.some((fold) => fold >= MAX_FOLDS && fold !== UNTESTED)) return `a fold of ${MAX_FOLDS} or more`;
  if (
    target &&
    !target.every(classes.length === 0 ? Number.isFinite : (y) => Number.isInteger(y) && y >= 0 && y < classes.length)
  ) {
    return classes.length === 0 ? 'a target is not finite' : 'a target is no class';
  }
  if (positions) {
    const sorted = positions.slice().sort();
    if (sorted.some((position, i) => position >= nRows || position === sorted[i - 1])) {
      return 'positions are not distinct rows of the dataset';
    }
  }
  return (
    contentsFault(rowSet, n) ??
    labelsFault(rowSet, n) ??
    otherKeysFault(rowSet.otherKeys) ??
    (slices && slicesFault(slices, n))
  );
}

function labelsFault({ labels, target }: Omit<RowSet, 'id'>, n: number): string | undefined {
  if (!labels) return undefined;
  if (target) return 'it has targets and hashes of them';
  if (labels.length !== n) return 'its arrays differ in length';
  return labels.every(isHash) ? undefined : 'a hash of a label has more than 40 bits';
}

function isHash(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < KEY_END;
}

function otherKeysFault(keys: RowSet['otherKeys']): string | undefined {
  if (!keys) return undefined;
  if (keys.length === 0 || keys.length > MAX_ROWS) return 'the number of its other rows is out of range';
  const areKeys = keys.every((key, i) => isHash(key) && key >= (keys[i - 1] ?? 0));
  return areKeys ? undefined : 'keys of other rows are not ascending 40-bit numbers';
}

/** Lists of columns that contents are hashed by. */
const MAX_CONTENTS = 2;

function contentsFault(
  { contents = [], columns = [], targetDigest }: Omit<RowSet, 'id'>,
  n: number,
): string | undefined {
  if (contents.length > MAX_CONTENTS) return `more than ${MAX_CONTENTS} hashes of contents`;
  if (contents.some(({ hashes }) => hashes.length !== n)) return 'its arrays differ in length';
  if (contents.some(({ hashes }) => !hashes.every(isHash))) return 'a hash of contents has more than 40 bits';
  if (new Set(columns.map(({ name }) => name)).size !== columns.length) return 'two columns have one name';
  const digests = [...columns.map(({ digest }) => digest), ...(targetDigest === undefined ? [] : [targetDigest])];
  return digests.every((digest) => /^[0-9a-f]{16}$/.test(digest)) ? undefined : 'the digest of a column is none';
}

/** Columns that can be sliced by. */
const MAX_SLICE_COLUMNS = 100;
const LONGEST_VALUE = 1000;

function slicesFault(slices: readonly SliceColumn[], n: number): string | undefined {
  if (slices.length > MAX_SLICE_COLUMNS) return `more than ${MAX_SLICE_COLUMNS} columns to slice by`;
  if (new Set(slices.map(({ column }) => column)).size !== slices.length) return 'two slices have one column';
  for (const { column, values, codes } of slices) {
    if (codes.length !== n) return 'its arrays differ in length';
    if (new Set(values).size !== values.length) return 'two slices have one value';
    if (column.length > LONGEST_VALUE || values.some(({ length }) => length > LONGEST_VALUE))
      return 'the name of a slice is too long';
    if (codes.some((code) => code >= values.length)) return 'a row is of a slice that does not exist';
  }
  return undefined;
}

/** Why evidence cannot be right, whatever its rows, or undefined. Infinite predictions are possible, NaN is not. */
export function evidenceFault(evidence: Evidence): string | undefined {
  const { run, rowSet, repeats, withoutAdded } = evidence;
  if (!isRunId(run)) return 'it names no run';
  if (!/^[0-9a-f]{64}$/.test(rowSet)) return 'it names no row set';
  const first = repeats[0];
  if (first === undefined || repeats.length > MAX_REPEATS) return `it needs 1 to ${MAX_REPEATS} repeats`;
  const n = first.predictions.length;
  const nDecisions = first.decisions.length;
  const nClasses = first.probabilities?.length;
  if (n > MAX_ROWS) return `more than ${MAX_ROWS} rows`;
  if (withoutAdded && !/^[0-9a-f]{64}$/.test(withoutAdded.keys)) return 'it names no rows that were learned from';
  if (withoutAdded && withoutAdded.repeats.length !== repeats.length)
    return 'it was not trained as often without the rows that were added';
  if (nDecisions !== 0 && nDecisions !== n) return 'predictions and decisions differ in length';
  if (nClasses !== undefined && (nClasses < 3 || nClasses > MAX_CLASSES)) {
    return `probabilities of ${nClasses} classes, not of 3 to ${MAX_CLASSES}`;
  }
  for (const { predictions, decisions, probabilities } of allRepeats(evidence)) {
    if (predictions.length !== n || decisions.length !== nDecisions) return 'its repeats differ in length';
    if (probabilities?.length !== nClasses || probabilities?.some((ofClass) => ofClass.length !== n)) {
      return 'its probabilities differ in length';
    }
    if ([predictions, ...(probabilities ?? [])].some((values) => values.some(isFloat16NaN)))
      return 'a prediction is NaN';
  }
  return undefined;
}

function allRepeats({ repeats, withoutAdded }: Evidence): readonly OutOfFold[] {
  return [...repeats, ...(withoutAdded?.repeats ?? [])];
}

/**
 * Makes sure that evidence is about the rows of a row set.
 *
 * @throws StoreError when it belongs to another row set, has another number of rows or classes, or decides for a class there
 * is not.
 */
export function checkSameRows(rowSet: RowSet, evidence: Evidence): void {
  const fault = (message: string) => new StoreError({ message: `evidence of run ${evidence.run} ${message}` });
  if (evidence.rowSet !== rowSet.id) throw fault('belongs to another row set');
  const n = rowSet.keys.length;
  const nClasses = rowSet.classes.length;
  for (const { predictions, decisions, probabilities } of allRepeats(evidence)) {
    if ((probabilities?.length ?? nClasses) !== nClasses) throw fault('has probabilities of other classes');
    if (predictions.length !== n || decisions.length !== (nClasses === 0 ? 0 : n)) {
      throw fault('has another number of rows than its row set');
    }
    if (decisions.some((decision) => decision >= nClasses)) throw fault('decides for a class that does not exist');
  }
}
