import { StoreError } from '../errors/app-error.ts';
import type { Features } from '../preprocessing/features.ts';
import { square } from '../stats/elementary.ts';

/** The numbers of dense features, column by column. @throws TypeError for a categorical feature. */
export function denseColumns({ columns }: Features): Float64Array[] {
  return columns.map((column) => {
    if (column.kind !== 'numeric') throw new TypeError(`feature ${column.name} is not dense`);
    return column.values;
  });
}

/**
 * Solves A·x = b for a symmetric, positive semi-definite A (p × p, row by row) by Cholesky's decomposition. Directions
 * that A says nothing about (constant or collinear columns) get 0.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  const p = b.length;
  const l = new Float64Array(p * p);
  const empty = new Uint8Array(p);
  for (let j = 0; j < p; j++) {
    let diagonal = a[j * p + j]!;
    for (let k = 0; k < j; k++) diagonal -= square(l[j * p + k]!);
    if (!(diagonal > 1e-10 * a[j * p + j]!)) {
      empty[j] = 1;
      continue;
    }
    l[j * p + j] = Math.sqrt(diagonal);
    for (let i = j + 1; i < p; i++) {
      let sum = a[i * p + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * p + k]! * l[j * p + k]!;
      l[i * p + j] = sum / l[j * p + j]!;
    }
  }
  const x = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    if (empty[i]) continue;
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * p + k]! * x[k]!;
    x[i] = sum / l[i * p + i]!;
  }
  for (let i = p - 1; i >= 0; i--) {
    if (empty[i]) continue;
    let sum = x[i]!;
    for (let k = i + 1; k < p; k++) sum -= l[k * p + i]! * x[k]!;
    x[i] = sum / l[i * p + i]!;
  }
  return x;
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
