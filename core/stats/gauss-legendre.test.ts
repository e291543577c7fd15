import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.ts';

describe('gaussLegendre', () => {
  // x, w = numpy.polynomial.legendre.leggauss(n); (1 + x) / 2, w / 2 (numpy 2.4.6)
  it.each([
    { n: 1, points: [0.5], weights: [1] },
    { n: 2, points: [0.21132486540518713, 0.7886751345948129], weights: [0.5, 0.5] },
    {
      n: 5,
      points: [0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.9530899229693319],
      weights: [
        0.11846344252809464, 0.23931433524968315, 0.28444444444444433, 0.23931433524968315, 0.11846344252809464,
      ],
    },
  ])("of $n points is numpy's", ({ n, points, weights }) => {
    const rule = gaussLegendre(n);
    for (let i = 0; i < n; i++) {
      expect(rule.points[i]).toBeCloseTo(points[i]!, 14);
      expect(rule.weights[i]).toBeCloseTo(weights[i]!, 14);
    }
  });

  it.each([1, 2, 3, 7, 30, 200])('of %i points integrates every power below twice as many', (n) => {
    const { points, weights } = gaussLegendre(n);
    for (let power = 0; power < 2 * n; power++) {
      const integral = points.reduce((sum, x, i) => sum + weights[i]! * x ** power, 0);
      expect(integral * (power + 1)).toBeCloseTo(1, 12);
    }
  });
});
