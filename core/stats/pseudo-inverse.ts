import { square } from './elementary.ts';

/** Eigenvalues that are so many times smaller than the largest count as 0 (`numpy.linalg.pinv`). */
const SMALLEST = 1e-15;
const MOST_SWEEPS = 50;

/**
 * The pseudo-inverse of a symmetric, positive semidefinite matrix (`numpy.linalg.pinv`), and its rank. By Jacobi rotations, which are exact for
 * matrices this small.
 *
 * @param matrix size × size, row by row.
 */
export function pseudoInverse(
  matrix: Float64Array,
  size: number,
): { readonly inverse: Float64Array; readonly rank: number } {
  const { values, vectors } = eigenOf(matrix, size);
  const largest = Math.max(...values.map(Math.abs));
  const kept = [...values.keys()].filter((k) => values[k]! > SMALLEST * largest);
  const inverse = new Float64Array(size * size);
  for (const k of kept)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        inverse[size * i + j]! += (vectors[size * i + k]! * vectors[size * j + k]!) / values[k]!;
  return { inverse, rank: kept.length };
}

/** Eigenvalues, and the eigenvectors as columns. */
function eigenOf(
  matrix: Float64Array,
  size: number,
): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = Float64Array.from({ length: size * size }, (_, at) => Number(at % (size + 1) === 0));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rest = 0;
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) rest += square(a[size * i + j]!);
    if (rest === 0) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
  }
  return { values: Float64Array.from({ length: size }, (_, k) => a[size * k + k]!), vectors };
}

/** Turns the plane of two axes so that their element becomes 0. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = a[size * p + q]!;
  if (off === 0) return;
  const theta = (a[size * q + q]! - a[size * p + p]!) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(square(theta) + 1));
  const c = 1 / Math.sqrt(square(t) + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const [kp, kq] = [a[size * k + p]!, a[size * k + q]!];
    a[size * k + p] = c * kp - s * kq;
    a[size * k + q] = s * kp + c * kq;
  }
  for (let k = 0; k < size; k++) {
    const [pk, qk] = [a[size * p + k]!, a[size * q + k]!];
    a[size * p + k] = c * pk - s * qk;
    a[size * q + k] = s * pk + c * qk;
    const [vp, vq] = [vectors[size * k + p]!, vectors[size * k + q]!];
    vectors[size * k + p] = c * vp - s * vq;
    vectors[size * k + q] = s * vp + c * vq;
  }
  a[size * p + q] = a[size * q + p] = 0;
}
