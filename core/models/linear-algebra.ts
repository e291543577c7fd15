import { StoreError } from '../errors/app-error.ts';
import type { Features } from '../preprocessing/features.ts';

/** The numbers of dense features, column by column. @throws TypeError for a categorical feature. */
export function denseColumns({ columns }: Features): Float64Array[] {
  return columns.map((column) => {
    if (column.kind !== 'numeric') throw new TypeError(`feature ${column.name} is not dense`);
    return column.values;
  });
}

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
  for (const [j, column] of columns.entries()) {
    const coefficient = coefficients[j]!;
    if (coefficient === 0) continue;
    for (let row = 0; row < nSamples; row++) scores[row]! += coefficient * column[row]!;
  }
  return scores;
}
