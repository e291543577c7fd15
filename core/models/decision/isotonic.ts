/** A non-decreasing step-free line through these points; flat beyond the first and the last. */
export interface Isotonic {
  /** Ascending. */
  readonly x: readonly number[];
  /** Ascending, 0…1. */
  readonly y: readonly number[];
}

/**
 * The non-decreasing function nearest to the labels in squares (pool adjacent violators; Zadrozny & Elkan 2002). Equals
 * `sklearn.isotonic.IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")`: equal scores are averaged first, values between
 * points are interpolated.
 *
 * @param scores without NaN. @param labels 0 or 1 each.
 */
export function fitIsotonic(scores: Float64Array, labels: Float64Array): Isotonic {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const blocks: Block[] = [];
  for (const row of order) {
    const score = scores[row]!;
    const top = blocks.at(-1);
    if (top?.last === score) {
      top.sum += labels[row]!;
      top.n++;
    } else blocks.push({ first: score, last: score, sum: labels[row]!, n: 1 });
  }
  return pool(blocks);
}

/** Rows of neighbouring scores and the sum of their labels. */
interface Block {
  readonly first: number;
  readonly last: number;
  sum: number;
  n: number;
}

function pool(blocks: readonly Block[]): Isotonic {
  const stack: Block[] = [];
  for (const block of blocks) {
    let merged = { ...block };
    for (let top = stack.at(-1); top && top.sum * merged.n >= merged.sum * top.n; top = stack.at(-1)) {
      merged = { first: top.first, last: merged.last, sum: top.sum + merged.sum, n: top.n + merged.n };
      stack.pop();
    }
    stack.push(merged);
  }
  const x: number[] = [];
  const y: number[] = [];
  for (const { first, last, sum, n } of stack) {
    x.push(first);
    y.push(sum / n);
    if (last > first) {
      x.push(last);
      y.push(sum / n);
    }
  }
  return { x, y };
}

/** The line's height at a score. */
export function isotonicAt({ x, y }: Isotonic, score: number): number {
  let low = 0;
  let high = x.length - 1;
  if (score <= x[0]!) return y[0]!;
  if (score >= x[high]!) return y[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= score) low = middle;
    else high = middle;
  }
  return y[low]! + ((y[high]! - y[low]!) * (score - x[low]!)) / (x[high]! - x[low]!);
}
