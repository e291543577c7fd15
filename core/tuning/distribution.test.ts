import { describe, expect, it } from 'vitest';
import {
  categorical,
  contains,
  type Distribution,
  float,
  fromNumber,
  int,
  isSingle,
  toNumber,
} from './distribution.ts';

describe('contains', () => {
  it.each<[string, Distribution, unknown, boolean]>([
    ['a number between the ends', float(0, 1), 0.3, true],
    ['an end', float(0, 1), 1, true],
    ['a number beyond', float(0, 1), 1.01, false],
    ['a point of a grid', float(0.4, 1, { step: 0.1 }), 0.7, true],
    ['a number beside a grid', float(0.4, 1, { step: 0.1 }), 0.75, false],
    ['a fraction among whole numbers', int(1, 9), 2.5, false],
    ['what is no number', int(1, 9), null, false],
    ['a choice', categorical('sqrt', null), null, true],
    ['no choice', categorical('sqrt', null), 'log2', false],
    ['what is not there', categorical('sqrt', null), undefined, false],
  ])('of %s', (_, distribution, value, expected) => {
    expect(contains(distribution, value)).toBe(expected);
  });
});

describe('fromNumber', () => {
  it.each<[string, Distribution, number, unknown]>([
    ['keeps to the range', float(0, 1), 1.2, 1],
    ['takes the nearest point', float(0.4, 1, { step: 0.1 }), 0.6499, 0.6],
    ['knows no point beyond the last', int(1, 8, { step: 3 }), 9.4, 7],
    ['nor before the first', int(1, 8), 0.5, 1],
    ['takes a choice by its place', categorical('a', 'b'), 1, 'b'],
  ])('%s', (_, distribution, number, value) => {
    expect(fromNumber(distribution, number)).toBe(value);
    expect(fromNumber(distribution, toNumber(distribution, value as string))).toBe(value);
  });
});

// optuna.distributions, 5.0.0: FloatDistribution(0, 1, step=.3).high == .9, IntDistribution(1, 8, step=3).high == 7
it('a grid ends at its last point, as in Optuna', () => {
  expect(float(0, 1, { step: 0.3 })).toMatchObject({ high: 0.9 });
  expect(int(1, 8, { step: 3 })).toMatchObject({ high: 7 });
  expect([float(1, 1), int(2, 3, { step: 5 }), categorical(1), int(1, 2)].map(isSingle)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
