import { StoreError } from '../errors/app-error.ts';
import type { Features } from '../preprocessing/features.ts';

/** The numbers of dense features, column by column. @throws TypeError for a categorical feature. */
export function denseColumns({ columns }: Features): Float64Array[] {
  return columns.map((column) => {
    if (column.kind !== 'numeric') throw new TypeError(`feature ${column.name} is not dense`);
    return column.values;
  });
}

/** Rows whose scores stay in the cache while the columns pass by. */
const CHUNK = 1024;

/** intercept + Σ coefficient·column, per row. @throws StoreError when the model knows another number of features. */
export function linearScores(
  columns: readonly Float64Array[],
  nSamples: number,
  coefficients: Float64Array,
  intercept: number,
): Float64Array {
  if (columns.length !== coefficients.length) {
    throw new StoreError({
      message: `the model has ${coefficients.length} coefficients, the table ${columns.length} features`,
    });
  }
  const scores = new Float64Array(nSamples).fill(intercept);
  for (let from = 0; from < nSamples; from += CHUNK) {
    const to = Math.min(from + CHUNK, nSamples);
    for (const [j, column] of columns.entries()) {
      if (coefficients[j] !== 0) addColumn(scores, from, to, column, coefficients[j]!);
    }
  }
  return scores;
}

function addColumn(scores: Float64Array, from: number, to: number, column: Float64Array, coefficient: number): void {
  for (let row = from; row < to; row++) scores[row]! += coefficient * column[row]!;
}
