/** Rows that are taken up at a time. */
const BLOCK = 256;

/** The rows of a least squares problem; columns and target count as less their means. */
interface CentredRows {
  readonly columns: readonly Float64Array[];
  /** p + 1: those of the columns and of the target. */
  readonly means: Float64Array;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
}

/**
 * Of all coefficients that minimise Σ weight·(target − prediction)² those of the smallest norm (`numpy.linalg.lstsq`): columns
 * that say the same share what they say. Works on the columns, not on products of them, which would halve the digits.
 *
 * A complete orthogonal decomposition (Golub & Van Loan 2013, §5.4): the rows are brought to a triangle block by block with
 * Householder's reflections, the triangle with columns exchanged, so that its diagonal falls; rows of it no larger than
 * rounding are left out, and the others, transposed, are brought to a triangle again. Time: 2·rows·columns².
 */
export function minimumNorm(rows: CentredRows): Float64Array {
  const p = rows.columns.length;
  const triangle = triangleOf(rows);
  const { order, rank } = exchangeColumns(triangle, p, Number.EPSILON * Math.max(rows.target.length, p));
  const coefficients = new Float64Array(p);
  const solution = solveWide(triangle, p, rank);
  for (let k = 0; k < p; k++) coefficients[order[k]!] = solution[k]!;
  return coefficients;
}

/** The columns, and the target as the last of them, as p + 1 columns of a triangle, each of p + 1 numbers. */
function triangleOf({ columns, means, target, weights }: CentredRows): Float64Array[] {
  const all = [...columns, target];
  const triangle = all.map(() => new Float64Array(all.length));
  const block = all.map(() => new Float64Array(BLOCK));
  for (let from = 0; from < target.length; from += BLOCK) {
    const n = Math.min(BLOCK, target.length - from);
    for (const [j, values] of all.entries()) {
      const own = block[j]!.fill(0);
      for (let i = 0; i < n; i++)
        own[i] = (values[from + i]! - means[j]!) * (weights ? Math.sqrt(weights[from + i]!) : 1);
    }
    // Of a column of the triangle only the diagonal and the block are to be reflected: between them there are zeros.
    for (let k = 0; k < all.length; k++) {
      const own = block[k]!;
      const diagonal = triangle[k]![k]!;
      const size = Math.sqrt(diagonal * diagonal + dot(own, own));
      if (size === 0) continue;
      const first = diagonal > 0 ? diagonal + size : diagonal - size;
      triangle[k]![k] = diagonal > 0 ? -size : size;
      const half = size * Math.abs(first);
      for (let j = k + 1; j < all.length; j++) {
        const share = (first * triangle[j]![k]! + dot(own, block[j]!)) / half;
        triangle[j]![k]! -= share * first;
        subtract(block[j]!, share, own);
      }
    }
  }
  return triangle;
}

/**
 * Exchanges the first p columns so that the diagonal falls, and brings them to a triangle again; the target follows.
 *
 * @returns the columns' old places, and how many have more on the diagonal than `least` times the first.
 */
function exchangeColumns(columns: Float64Array[], p: number, least: number): { order: number[]; rank: number } {
  const order = Array.from({ length: p }, (_, j) => j);
  for (let k = 0; k < p; k++) {
    let pick = k;
    let most = -1;
    for (let j = k; j < p; j++) {
      const own = columns[j]!.subarray(k, p);
      const size = dot(own, own);
      if (size > most) [pick, most] = [j, size];
    }
    [columns[k], columns[pick]] = [columns[pick]!, columns[k]!];
    [order[k], order[pick]] = [order[pick]!, order[k]!];
    if (!(Math.sqrt(most) > least * Math.abs(columns[0]![0]!))) return { order, rank: k };
    reflect(columns, k, p);
  }
  return { order, rank: p };
}

/** x of the smallest norm that solves the first `rank` rows of the triangle, whose last column is the right side. */
function solveWide(columns: readonly Float64Array[], p: number, rank: number): Float64Array {
  const wide = Array.from({ length: rank }, (_, row) => Float64Array.from({ length: p }, (_, j) => columns[j]![row]!));
  const reflections = wide.map((_, k) => reflect(wide, k, p));
  const x = new Float64Array(p);
  for (let row = 0; row < rank; row++) {
    let sum = columns[p]![row]!;
    for (let k = 0; k < row; k++) sum -= wide[row]![k]! * x[k]!;
    x[row] = sum / wide[row]![row]!;
  }
  for (let k = rank - 1; k >= 0; k--) {
    const { direction, half } = reflections[k]!;
    const own = x.subarray(k, p);
    if (half > 0) subtract(own, dot(direction, own) / half, direction);
  }
  return x;
}

/** Reflects what columns k, k + 1 … have from row k on, so that of column k only the diagonal is left. */
function reflect(columns: readonly Float64Array[], k: number, p: number) {
  const direction = columns[k]!.slice(k, p);
  const size = Math.sqrt(dot(direction, direction));
  const diagonal = direction[0]!;
  direction[0] = diagonal > 0 ? diagonal + size : diagonal - size;
  const half = size * Math.abs(direction[0]!);
  if (half > 0) {
    for (const column of columns.slice(k)) {
      const own = column.subarray(k, p);
      subtract(own, dot(direction, own) / half, direction);
    }
    columns[k]!.fill(0, k + 1, p);
  }
  return { direction, half };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(from: Float64Array, share: number, what: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i]! -= share * what[i]!;
}
