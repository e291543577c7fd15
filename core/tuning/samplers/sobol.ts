/**
 * Primitive polynomials and first direction numbers of dimensions 2, 3, … (Joe & Kuo 2008, "Constructing Sobol sequences with better
 * two-dimensional projections", new-joe-kuo-6.21201): degree, coefficients, numbers.
 */
const POLYNOMIALS = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
] as const;

export const MOST_DIMENSIONS = POLYNOMIALS.length + 1;
const BITS = 30;

/**
 * One point of the Sobol sequence without scrambling (`scipy.stats.qmc.Sobol(d, scramble=False)`): each coordinate from 0 to 1, 1 excluded.
 *
 * @param index from 0: the origin.
 * @param dimensions at most `MOST_DIMENSIONS`.
 */
export function sobolPoint(index: number, dimensions: number): Float64Array {
  const gray = (index ^ (index >>> 1)) >>> 0;
  return Float64Array.from({ length: dimensions }, (_, dimension) => {
    let bits = 0;
    for (let k = 0; k < BITS; k++) if ((gray >>> k) & 1) bits ^= directions(dimension)[k]!;
    return bits / (1 << BITS);
  });
}

const known = new Map<number, readonly number[]>();

function directions(dimension: number): readonly number[] {
  const found = known.get(dimension) ?? powers(dimension === 0 ? Array(BITS).fill(1) : recurred(dimension));
  known.set(dimension, found);
  return found;
}

/** The k-th number as a fraction: moved up to the highest bits. */
function powers(numbers: readonly number[]): number[] {
  return numbers.map((number, k) => number << (BITS - 1 - k));
}

function recurred(dimension: number): number[] {
  const [degree, coefficients, first] = POLYNOMIALS[dimension - 1]!;
  const numbers: number[] = [...first];
  for (let k = degree; k < BITS; k++) {
    let next = numbers[k - degree]! ^ (numbers[k - degree]! << degree);
    for (let j = 1; j < degree; j++) if ((coefficients >> (degree - 1 - j)) & 1) next ^= numbers[k - j]! << j;
    numbers.push(next);
  }
  return numbers;
}
