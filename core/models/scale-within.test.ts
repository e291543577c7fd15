import { expect, it } from 'vitest';
import { powerOfTwo } from '../stats/elementary.ts';
import { scaleWithin } from './scale-within.ts';

it.each([
  ['that reaches the bound exactly', 1, 1024, 1024],
  ['that stays below it', 3, 1024, 256],
  ['below 1 for what is too large', 1000, 2, 1 / 512],
  ['of 1 for nothing but zeros', 0, 2 ** 30, 1],
  ['for a bound that is no power of two', 1, 2 ** 52 / 1000, 2 ** 42],
  ['for the largest double', Number.MAX_VALUE, 2 ** 30, powerOfTwo(-994)],
  ['whose inverse is no subnormal, for the smallest double', Number.MIN_VALUE, 2 ** 30, powerOfTwo(1022)],
  ['and comes to an end for infinity', Number.POSITIVE_INFINITY, 2 ** 30, powerOfTwo(-1022)],
])('gives a power of two %s', (_, largest, most, scale) => {
  expect(scaleWithin(largest, most)).toBe(scale);
});
