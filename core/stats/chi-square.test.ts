import { expect, it } from 'vitest';
import { chiSquareSurvival } from './chi-square.ts';

// Golden values: `scipy.stats.chi2.sf(x, df)`, scipy 1.17.1.
it.each([
  [0.5, 1, 0.47950012218695337],
  [3.84, 1, 0.05004352124870519],
  [30, 1, 4.3204630578274955e-8],
  [5, 10, 0.8911780189141513],
  [50, 10, 2.669083424904495e-7],
  [95, 100, 0.6225792918781736],
  [700, 300, 5.267054393745422e-34],
  [0.001, 2, 0.9995001249791693],
])('chiSquareSurvival equals scipy at %d with %d degrees of freedom', (x, df, expected) => {
  expect(Math.abs(chiSquareSurvival(x, df) / expected - 1)).toBeLessThan(1e-9);
});

it.each([
  [0, 3, 1],
  [-1, 3, 1],
  [Number.POSITIVE_INFINITY, 3, 0],
  [2000, 3, 0],
])('chiSquareSurvival at the edge %d, %d is %d', (x, df, expected) => expect(chiSquareSurvival(x, df)).toBe(expected));
