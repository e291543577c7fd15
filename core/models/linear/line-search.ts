/** Value and slope of a function along a line. */
export interface LinePoint {
  readonly size: number;
  readonly value: number;
  readonly slope: number;
}

const DECREASE = 1e-4;
const CURVATURE = 0.9;
/** Relative rounding of a value: below it a decrease can be told from the slopes alone. */
const NOISE = 1e-13;
const MOST_TRIALS = 40;

/**
 * A step along a descent direction of a convex function that satisfies the strong Wolfe conditions (Nocedal & Wright,
 * 3.7): the value falls, and the slope is at most 0.9 of what it was, on either side of the minimum. Where rounding hides
 * the fall of the value, Hager & Zhang's approximate condition (2005, T2) stands in for it.
 *
 * The slope of a convex function rises along the line, so two steps with slopes of opposite signs enclose the minimum;
 * the next step is where the line between them is zero, kept a tenth away from both ends.
 *
 * @param at evaluates the function at a step; NaN and Infinity mean "too far".
 * @returns the step accepted, always the one evaluated last; null when there is none that doubles can tell.
 */
export function searchLine(start: LinePoint, first: number, at: (size: number) => LinePoint): LinePoint | null {
  let low = start;
  let high: LinePoint | null = null;
  let size = first;
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const point = at(size);
    const falls =
      point.value <= start.value + DECREASE * size * start.slope ||
      (point.value <= start.value + NOISE * Math.abs(start.value) && point.slope <= (2 * DECREASE - 1) * start.slope);
    if (!falls || !(point.slope <= -CURVATURE * start.slope)) high = point;
    else if (point.slope < CURVATURE * start.slope) low = point;
    else return point;
    size = high === null ? beyond(low, start) : between(low, high);
  }
  return null;
}

/** Ten times as far at most, twice at least. */
function beyond(low: LinePoint, start: LinePoint): number {
  const zero = low.size - (low.slope * low.size) / (low.slope - start.slope);
  return Math.min(Math.max(zero, 2 * low.size) || 2 * low.size, 10 * low.size);
}

function between(low: LinePoint, high: LinePoint): number {
  const width = high.size - low.size;
  const share = low.slope / (low.slope - high.slope);
  if (!Number.isFinite(share) || !Number.isFinite(high.value)) return low.size + 0.1 * width;
  return low.size + Math.min(Math.max(share, 0.1), 0.9) * width;
}
