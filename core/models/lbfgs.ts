/** A smooth function at a point: its value, and its gradient written into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;

/**
 * Minimises by L-BFGS (Liu & Nocedal 1989; Nocedal & Wright, algorithm 7.4) with backtracking.
 *
 * @returns the point reached, and whether the largest component of the gradient is within `tolerance` there.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: { readonly maxIterations: number; readonly tolerance: number },
) {
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = objective(point, gradient);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    if (gradient.every((g) => Math.abs(g) <= options.tolerance))
      return { point, converged: true, iterations: iteration };
    let direction = twoLoop(gradient, steps);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      steps.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    let size = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const next = new Float64Array(point.length);
    const nextGradient = new Float64Array(point.length);
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < 50; halving++, size /= 2) {
      for (let i = 0; i < next.length; i++) next[i] = point[i]! + size * direction[i]!;
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * size * slope) break;
    }
    // No smaller value can be told from this one in double precision: this is the minimum.
    if (!(nextValue < value)) return { point, converged: true, iterations: iteration };
    const s = next.map((x, i) => x - point[i]!);
    const y = nextGradient.map((g, i) => g - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) {
      steps.push({ s, y, rho: 1 / curvature });
      if (steps.length > MEMORY) steps.shift();
    }
    point = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return { point, converged: false, iterations: options.maxIterations };
}

function twoLoop(
  gradient: Float64Array,
  steps: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, rho } = steps[i]!;
    alphas[i] = rho * dot(s, q);
    for (let j = 0; j < q.length; j++) q[j]! -= alphas[i]! * y[j]!;
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let j = 0; j < q.length; j++) q[j]! *= scale;
  }
  for (const [i, { s, y, rho }] of steps.entries()) {
    const beta = rho * dot(y, q);
    for (let j = 0; j < q.length; j++) q[j]! += (alphas[i]! - beta) * s[j]!;
  }
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
