import { describe, expect, it } from 'vitest';
import { choleskySolver } from './cholesky.ts';

describe('choleskySolver', () => {
  it('solves', () => {
    // numpy.linalg.solve([[4, 2, .6], [2, 3, .4], [.6, .4, 2]], [1, -2, 3]), NumPy 2.4.6
    const vector = Float64Array.of(9, 1, -2, 3);
    choleskySolver(Float64Array.of(4, 0, 0, 2, 3, 0, 0.6, 0.4, 2), 3, () => 1).divide(vector, 1);
    for (const [i, value] of [9, 0.6797900262467191, -1.3280839895013123, 1.5616797900262467].entries())
      expect(vector[i]).toBeCloseTo(value, 12);
  });

  it('gives 0 to a column that repeats another, where its pivot is to be infinite', () => {
    const vector = Float64Array.of(6, 6);
    choleskySolver(Float64Array.of(3, 3, 3, 3), 2, () => Number.POSITIVE_INFINITY).divide(vector, 0);
    expect(vector[0]).toBeCloseTo(2, 12);
    expect(vector[1]).toBeCloseTo(0, 300);
  });

  it('stays finite where a pivot is raised', () => {
    const vector = Float64Array.of(6, 5);
    choleskySolver(Float64Array.of(3, 3, 3, 3), 2, (diagonal) => 1e-8 * diagonal).divide(vector, 0);
    expect(vector.every(Number.isFinite)).toBe(true);
  });
});
