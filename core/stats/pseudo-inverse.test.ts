import { expect, it } from 'vitest';
import { pseudoInverse } from './pseudo-inverse.ts';

it('is the inverse of a matrix of full rank', () => {
  const { inverse, rank } = pseudoInverse(Float64Array.of(2, 1, 1, 3), 2);
  expect(rank).toBe(2);
  for (const [k, value] of [0.6, -0.2, -0.2, 0.4].entries()) expect(inverse[k]).toBeCloseTo(value, 14);
});

// numpy 2.4.6: `np.linalg.pinv([[1, 2, 3], [2, 4, 6], [3, 6, 9]])` and `np.linalg.matrix_rank` of it.
it('equals numpy where columns depend on each other', () => {
  const { inverse, rank } = pseudoInverse(Float64Array.of(1, 2, 3, 2, 4, 6, 3, 6, 9), 3);
  expect(rank).toBe(1);
  const expected = [1, 2, 3, 2, 4, 6, 3, 6, 9].map((each) => each / 196);
  for (const [k, value] of expected.entries()) expect(inverse[k]).toBeCloseTo(value, 14);
});

it('of nothing but zeros is nothing', () => {
  expect(pseudoInverse(new Float64Array(4), 2)).toEqual({ inverse: new Float64Array(4), rank: 0 });
});
