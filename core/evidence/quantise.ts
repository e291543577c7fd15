import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { Slice } from '../dataset/slices.ts';
import { KEY_SCHEME } from '../engine.ts';
import { type DecidedPredictions, probabilityOf, scoreOf } from '../models/predictions.ts';
import { exp, log, square } from '../stats/elementary.ts';
import { takeValues } from '../table/take-values.ts';
import type { OutOfFold, RowSet, SliceColumn } from './evidence.ts';
import { rowSetId } from './evidence-codec.ts';
import { fromFloat16, toFloat16 } from './float16.ts';

/** Rows that evidence keeps of a large dataset: those of the smallest keys. Those that its baseline kept come on top. */
export const EVIDENCE_ROWS = 40_000;
/** Logits are cut here: beyond it a probability is 0 or 1 to 13 digits. */
const MAX_LOGIT = 30;

/**
 * The rows of an evaluation set as a judge sees them, and which slices they are of.
 *
 * @param isLookedUp whether a row may be one that the baseline kept: all of these are kept too, so that none can be pushed out by others.
 */
export function rowSetOf(
  evaluationSet: EvaluationSet,
  slices: readonly Slice[] = [],
  isLookedUp: ((row: number) => boolean) | null = null,
): RowSet {
  const { classes, values } = evaluationSet.target;
  const { order } = evaluationSet;
  const rows = isLookedUp
    ? order.filter((row, rank) => rank < EVIDENCE_ROWS || isLookedUp(row))
    : order.subarray(0, EVIDENCE_ROWS);
  const others = otherKeysOf(evaluationSet, rows);
  const keyList = evaluationSet.keyColumns.join('\n');
  const hashed = evaluationSet.contents.filter(({ columns }) => columns.join('\n') !== keyList);
  const contents = {
    dataset: evaluationSet.dataset,
    keys: Float64Array.from(rows, (row) => evaluationSet.keys[row]!),
    folds: Uint8Array.from(rows, (row) => evaluationSet.folds[row]!),
    ...(evaluationSet.clusters && { clusters: Uint32Array.from(rows, (row) => evaluationSet.clusters![row]!) }),
    ...(evaluationSet.time && { isInTime: true as const }),
    target: Float64Array.from(rows, (row) => values[row]!),
    positions: rows.slice(),
    ...{ keyScheme: KEY_SCHEME, columns: evaluationSet.columns, targetDigest: evaluationSet.targetDigest },
    ...(hashed.length > 0 && {
      contents: hashed.map(({ columns, hashes }) => ({ columns, hashes: takeValues(hashes, rows) })),
    }),
    ...(slices.length > 0 && { slices: sliceColumns(slices, rows) }),
    ...(others.length > 0 && { otherKeys: others }),
    classes,
    nRows: values.length,
    scale: classes.length === 0 ? scaleOf(Float64Array.from(evaluationSet.order, (row) => values[row]!)) : null,
  };
  return { id: rowSetId(contents), ...contents };
}

/** Keys of the table's rows that are not kept, ascending. */
function otherKeysOf({ keys, order, elsewhere = new Float64Array(0) }: EvaluationSet, rows: Uint32Array): Float64Array {
  const kept = new Set(rows);
  const left =
    rows.length === order.length
      ? []
      : Array.from(
          order.filter((row) => !kept.has(row)),
          (row) => keys[row]!,
        );
  return Float64Array.from([...left, ...elsewhere]).sort();
}

function sliceColumns(slices: readonly Slice[], rows: Uint32Array): SliceColumn[] {
  return [...new Set(slices.map(({ column }) => column))].map((column) => {
    const own = slices.filter((slice) => slice.column === column);
    const codes = Uint8Array.from(rows, (row) => own.findIndex((slice) => slice.rows.has(row)));
    return { column, values: own.map(({ value }) => value), codes };
  });
}

/**
 * One repeat's predictions (per row of the file) as evidence stores them: by class, not by row.
 *
 * @param allClasses whether to keep the probabilities of all classes, where they are known, beside the scores.
 */
export function quantise(rowSet: RowSet, predictions: DecidedPredictions, allClasses: boolean): OutOfFold {
  const rows = rowSet.positions!;
  const { nClasses, predictedClass, hasProbabilities } = predictions;
  const stored = (values: Float64Array) =>
    Uint16Array.from(rows, (row) => toFloat16(toStored(values[row]!, rowSet.scale)));
  return {
    predictions: stored(scoreOf(predictions)),
    decisions: rowSet.scale ? new Uint8Array(0) : Uint8Array.from(rows, (row) => predictedClass[row]!),
    ...(allClasses &&
      hasProbabilities && {
        probabilities: Array.from({ length: nClasses }, (_, k) => stored(probabilityOf(predictions, k))),
      }),
  };
}

/**
 * Stored predictions as values or probabilities again. `on` is the scale to read them on: a candidate stored on
 * another scale than its baseline is rounded once more on the baseline's, so that both sides lost alike.
 */
export function dequantise(
  predictions: Uint16Array,
  scale: RowSet['scale'],
  on: RowSet['scale'] = scale,
): Float64Array {
  return Float64Array.from(predictions, (bits) => {
    const value = fromStored(fromFloat16(bits), scale);
    if (scale === null || on === null || (on.mean === scale.mean && on.sd === scale.sd)) return value;
    return fromStored(fromFloat16(toFloat16(toStored(value, on))), on);
  });
}

/** Stored probabilities of all classes again, nSamples × nClasses; those of a row add up to 1. */
export function dequantiseProbabilities(stored: readonly Uint16Array[]): Float64Array {
  const nClasses = stored.length;
  const byClass = stored.map((bits) => dequantise(bits, null));
  const probabilities = new Float64Array((stored[0]?.length ?? 0) * nClasses);
  for (let at = 0, row = 0; at < probabilities.length; at += nClasses, row++) {
    const sum = byClass.reduce((total, ofClass) => total + ofClass[row]!, 0);
    for (let k = 0; k < nClasses; k++) probabilities[at + k] = byClass[k]![row]! / sum;
  }
  return probabilities;
}

function toStored(value: number, scale: RowSet['scale']): number {
  if (scale) return (value - scale.mean) / (scale.sd || 1);
  if (value <= 0 || value >= 1) return value <= 0 ? -MAX_LOGIT : MAX_LOGIT;
  return Math.max(-MAX_LOGIT, Math.min(MAX_LOGIT, log(value) - log(1 - value)));
}

function fromStored(stored: number, scale: RowSet['scale']): number {
  if (scale) return stored * (scale.sd || 1) + scale.mean;
  return 1 / (1 + exp(-stored));
}

function scaleOf(values: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / values.length) };
}
