import { cos } from './elementary.ts';

/** Points in [0, 1] at which to evaluate a function, and the weight of each value. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Newton steps from Tricomi's guess; each doubles the number of correct digits (at least 2 at first). */
const STEPS = 6;

/**
 * Gauss–Legendre quadrature with n ≥ 1 points on [0, 1] (`numpy.polynomial.legendre.leggauss` is for [−1, 1]):
 * ∫f = Σ weight·f(point), exact for polynomials of degree up to 2n − 1. Points are inside the interval and ascend.
 */
export function gaussLegendre(n: number): Quadrature {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = cos((Math.PI * (n - i - 0.25)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < STEPS; step++) {
      let value = x;
      let before = 1;
      for (let k = 2; k <= n; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      slope = n === 1 ? 1 : (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    points[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
