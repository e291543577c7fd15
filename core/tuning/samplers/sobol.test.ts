import { expect, it } from 'vitest';
import { MOST_DIMENSIONS, sobolPoint } from './sobol.ts';

// scipy 1.17.1: `scipy.stats.qmc.Sobol(d=20, scramble=False).random(64)`
it.each([
  [5, [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375]],
  [
    37,
    [
      ...[0.921875, 0.640625, 0.578125, 0.921875, 0.765625, 0.296875, 0.171875, 0.796875, 0.609375, 0.171875],
      ...[0.015625, 0.078125, 0.578125, 0.859375, 0.109375, 0.484375, 0.796875, 0.421875, 0.046875, 0.140625],
    ],
  ],
])('point %d equals scipy', (index, expected) => {
  expect([...sobolPoint(index, expected.length)]).toEqual(expected);
});

it('begins at the origin, and fills each half and quarter of every dimension equally', () => {
  expect([...sobolPoint(0, MOST_DIMENSIONS)]).toEqual(Array(MOST_DIMENSIONS).fill(0));
  const points = Array.from({ length: 64 }, (_, i) => sobolPoint(i, MOST_DIMENSIONS));
  for (let dimension = 0; dimension < MOST_DIMENSIONS; dimension++)
    for (let part = 0; part < 64; part++)
      expect(points.filter((point) => Math.floor(point[dimension]! * 64) === part)).toHaveLength(1);
});
