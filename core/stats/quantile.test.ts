import { expect, it } from 'vitest';
import { quantile } from './quantile.ts';

// Golden values: `numpy.quantile([1, 2, 4, 8, 16], p)`, numpy 2.4.6.
it.each([
  [0, 1],
  [0.1, 1.4],
  [0.25, 2],
  [0.5, 4],
  [0.9, 12.8],
  [1, 16],
])('the quantile %d equals numpy', (p, expected) => expect(quantile([1, 2, 4, 8, 16], p)).toBeCloseTo(expected, 12));

it('is the value where there is one, and NaN where there is none', () => {
  expect(quantile([3], 0.7)).toBe(3);
  expect(quantile([], 0.5)).toBeNaN();
});
