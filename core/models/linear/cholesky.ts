/** A pivot below this share of its diagonal is no more than rounding: its column is a sum of those before it. */
const WEAK = 1e-10;

/**
 * Divides by a symmetric, positive semi-definite matrix (p × p, row by row; the lower triangle is read) with Cholesky's
 * decomposition.
 *
 * @param weakPivot what stands in for a pivot lost in rounding, given its diagonal; Infinity gives that component 0.
 * @returns `divide` replaces `vector[from … from + p − 1]` by the quotient; `weakest` is the smallest share that a pivot is of
 *   its diagonal, where this is not 0.
 */
export function choleskySolver(
  matrix: Float64Array,
  p: number,
  weakPivot: (diagonal: number) => number,
): { readonly divide: (vector: Float64Array, from: number) => void; readonly weakest: number } {
  const l = new Float64Array(p * p);
  let weakest = 1;
  for (let j = 0; j < p; j++) {
    const diagonal = matrix[j * p + j]!;
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= l[j * p + k]! * l[j * p + k]!;
    if (diagonal > 0) weakest = Math.min(weakest, pivot / diagonal);
    const root = Math.sqrt(pivot > WEAK * diagonal ? pivot : weakPivot(diagonal));
    l[j * p + j] = root;
    for (let i = j + 1; i < p; i++) {
      let sum = matrix[i * p + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * p + k]! * l[j * p + k]!;
      l[i * p + j] = sum / root;
    }
  }
  const divide = (vector: Float64Array, from: number) => {
    for (let i = 0; i < p; i++) {
      let sum = vector[from + i]!;
      for (let k = 0; k < i; k++) sum -= l[i * p + k]! * vector[from + k]!;
      vector[from + i] = sum / l[i * p + i]!;
    }
    for (let i = p - 1; i >= 0; i--) {
      const quotient = vector[from + i]! / l[i * p + i]!;
      vector[from + i] = quotient;
      for (let k = 0; k < i; k++) vector[from + k]! -= l[i * p + k]! * quotient;
    }
  };
  return { divide, weakest };
}
