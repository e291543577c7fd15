import { type LinePoint, searchLine } from './line-search.ts';

/** A smooth convex function. */
export interface Objective {
  /** The value at a point; its gradient is written into `gradient`. NaN and Infinity mean "too far away". */
  evaluate(point: Float64Array, gradient: Float64Array): number;
  /** How to divide a vector, in place, by something like the second derivatives at a point; null: nothing is known. */
  curvature(point: Float64Array): ((vector: Float64Array) => void) | null;
}

export interface Minimum {
  readonly point: Float64Array;
  /** False when the steps ran out first, or led out of the range of doubles. */
  readonly converged: boolean;
  readonly nSteps: number;
}

interface Step {
  readonly moved: Float64Array;
  readonly bent: Float64Array;
  readonly curvature: number;
}

const MEMORY = 10;
const ROUNDING = 1e-10;
/** How much worse than the last step the next one may do where it is taken unseen. */
const MARGIN = 10;

/**
 * Minimises by L-BFGS (Liu & Nocedal 1989; Nocedal & Wright, algorithms 7.4 and 7.5): from a rough matrix of second
 * derivatives, corrected by what the last ten steps showed of the true one. The rough matrix is `objective.curvature`,
 * renewed after 1, 2, 4, 8 … steps: with a good one this is nearly Newton's method, with none the textbook's.
 *
 * Converged is: no component of the gradient is larger than `tolerance`, or double precision knows no lower point. Where
 * the gradient shrinks so fast that the next step, even if it did ten times worse than the last, is sure to end there, that
 * step is taken and the gradient behind it not asked for: near the minimum it is what a pass over all rows would confirm.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: { readonly maxIterations: number; readonly tolerance: number },
): Minimum {
  let point = start;
  let gradient = new Float64Array(start.length);
  let value = objective.evaluate(point, gradient);
  let divide: ReturnType<Objective['curvature']> = null;
  const steps: Step[] = [];
  let largest = largestOf(gradient);
  let shrinkage = Number.POSITIVE_INFINITY;
  for (let iteration = 0; ; iteration++) {
    if (largest <= options.tolerance) return { point, converged: true, nSteps: iteration };
    if (iteration >= options.maxIterations) return { point, converged: false, nSteps: iteration };
    const isLast = MARGIN * shrinkage * largest <= options.tolerance;
    const isPowerOfTwo = (iteration & (iteration - 1)) === 0;
    if (isPowerOfTwo && !isLast) divide = objective.curvature(point);
    let direction = descend(gradient, steps, divide);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      steps.length = 0;
      direction = descend(gradient, steps, null);
      slope = dot(direction, gradient);
    }
    if (isLast && slope < 0) {
      return { point: point.map((value, i) => value + direction[i]!), converged: true, nSteps: iteration + 1 };
    }
    const from = point;
    const next = new Float64Array(from.length);
    const nextGradient = new Float64Array(from.length);
    const along = (size: number): LinePoint => {
      for (let i = 0; i < next.length; i++) next[i] = from[i]! + size * direction[i]!;
      const there = objective.evaluate(next, nextGradient);
      return { size, value: there, slope: dot(direction, nextGradient) };
    };
    const first = divide === null && steps.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const found = searchLine({ size: 0, value, slope }, first, along);
    // The step was to lower the value by about half the slope: less than rounding is the end, more is a failure.
    if (found === null) return { point, converged: -slope <= ROUNDING * Math.abs(value), nSteps: iteration };
    remember(steps, difference(next, point), difference(nextGradient, gradient));
    point = next;
    gradient = nextGradient;
    value = found.value;
    const before = largest;
    largest = largestOf(gradient);
    shrinkage = found.size === 1 ? largest / before : Number.POSITIVE_INFINITY;
  }
}

/** Of the sizes of the components; NaN if one is. */
function largestOf(gradient: Float64Array): number {
  return gradient.reduce((largest, g) => Math.max(largest, Math.abs(g)), 0);
}

/** −(matrix)⁻¹·gradient by the two loops of algorithm 7.4. */
function descend(
  gradient: Float64Array,
  steps: readonly Step[],
  divide: ((vector: Float64Array) => void) | null,
): Float64Array {
  const q = gradient.map((g) => -g);
  const shares = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { moved, bent, curvature } = steps[i]!;
    shares[i] = dot(moved, q) / curvature;
    addTo(q, -shares[i]!, bent);
  }
  divide?.(q);
  const last = steps.at(-1);
  if (last) {
    const divided = last.bent.slice();
    divide?.(divided);
    const scale = last.curvature / dot(last.bent, divided);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (const [i, { moved, bent, curvature }] of steps.entries()) addTo(q, shares[i]! - dot(bent, q) / curvature, moved);
  return q;
}

function remember(steps: Step[], moved: Float64Array, bent: Float64Array): void {
  const curvature = dot(moved, bent);
  if (!(curvature > 0)) return;
  steps.push({ moved, bent, curvature });
  if (steps.length > MEMORY) steps.shift();
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function addTo(sum: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * vector[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
