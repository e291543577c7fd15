import { log, powerOfTwo } from '../../stats/elementary.ts';
import { denseColumns } from '../linear-algebra.ts';
import type { TrainingData } from '../model.ts';

/** The rows that count. */
export interface WeightedRows {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** Null: every row counts 1. */
  readonly weights: Float64Array | null;
  /** A weight is this many times what `weights` says. */
  readonly unit: number;
}

/**
 * Leaves out rows of weight 0, and divides the weights by a power of two, which loses nothing, so that the largest is
 * between 1 and 2 and sums of them stay in range. A weight too small beside it to be a double is 0.
 */
export function weightedRows({ features, target, weights }: TrainingData): WeightedRows {
  const columns = denseColumns(features);
  if (weights === undefined) return { columns, target, weights: null, unit: 1 };
  const unit = powerOfTwoBelow(weights);
  const scaled = weights.map((weight) => weight / unit);
  if (scaled.every((weight) => weight > 0)) return { columns, target, weights: scaled, unit };
  const rows = Uint32Array.from(scaled.keys()).filter((row) => scaled[row]! > 0);
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return { columns: columns.map(pick), target: pick(target), weights: pick(scaled), unit };
}

/** The power of two that brings the largest size to about 1 (0.99 … 2); 1 when all are 0. */
export function powerOfTwoBelow(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : powerOfTwo(Math.max(-1022, Math.floor(log(largest) / Math.LN2)));
}
