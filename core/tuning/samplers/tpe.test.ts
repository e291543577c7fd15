import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { categorical, contains, int, type SearchSpace } from '../distribution.ts';
import type { Trial } from '../trial.ts';
import { someTrials } from '../trials.fixture.ts';
import { BRANIN, MIXED, medianBest } from './functions.fixture.ts';
import { random } from './random.ts';
import { createTpe, split, tpe } from './tpe.ts';

const FEW = { seeds: 5, trials: 60 };

// `npm run test:tuning` compares twenty studies of a hundred trials with those of Optuna.
describe('in 60 trials, the median of five seeds', () => {
  it('on Branin is far below that of random search', () => {
    const found = medianBest(tpe.sample, BRANIN, FEW);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(medianBest(random.sample, BRANIN, FEW) / 2);
  });
  it('on parameters of all kinds is far below that of random search', () => {
    expect(medianBest(tpe.sample, MIXED, FEW)).toBeLessThan(medianBest(random.sample, MIXED, FEW) / 2);
  });
  it('of parameters that are drawn one by one is better than at random, too', () => {
    const sample = createTpe({ multivariate: false });
    expect(medianBest(sample, MIXED, FEW)).toBeLessThan(medianBest(random.sample, MIXED, FEW));
  });
});

describe.each([tpe, random])('$id', ({ sample }) => {
  const space: SearchSpace = { ...MIXED.space, one: int(3, 3), only: categorical('it') };
  const trials = someTrials(
    Array.from({ length: 30 }, (_, i) => (i * 7) % 30),
    (_, i) => ({ params: random.sample({ direction: 'maximize', space, trials: [] }, createRandom(9, i)) }),
  );
  it('gives every parameter a value of its space', () => {
    for (let i = 0; i < 50; i++) {
      const params = sample({ direction: 'maximize', space, trials }, createRandom(i));
      expect(Object.keys(params)).toEqual(Object.keys(space));
      for (const [name, value] of Object.entries(params))
        expect(contains(space[name]!, value), `${name}: ${value}`).toBe(true);
    }
  });
  it('gives the same for the same stream, and another for another', () => {
    const of = (seed: number) => sample({ direction: 'maximize', space, trials }, createRandom(seed));
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });
});

describe('split', () => {
  const numbers = (trials: readonly Trial[]) => trials.map(({ number }) => number);
  it.each([
    ['minimize', [0]],
    ['maximize', [9]],
  ] as const)('takes the best tenth to %s', (direction, best) => {
    const { below, above } = split({ direction, space: {}, trials: someTrials([...Array(10).keys()]) });
    expect(numbers(below)).toEqual(best);
    expect(above).toHaveLength(9);
  });
  it.each([
    [10, 1],
    [11, 2],
    [50, 5],
    [100, 10],
    [250, 25],
    [400, 25],
  ])('of %d trials takes %d', (n, size) => {
    expect(split({ direction: 'minimize', space: {}, trials: someTrials([...Array(n).keys()]) }).below).toHaveLength(
      size,
    );
  });
  it('fills up with pruned trials, those that got farthest first, and puts running ones with the others', () => {
    const reported = (step: number, value: number): Partial<Trial> => ({ state: 'pruned', reports: [{ step, value }] });
    const pruned = [reported(10, 1), reported(20, 9), reported(20, 5), { state: 'pruned' } as const];
    const trials = someTrials(Array(20).fill(0), (_, i) => pruned[i % 4]!);
    trials[19] = { ...trials[19]!, state: 'running' };
    trials[18] = { ...trials[18]!, state: 'failed' };
    const { below, above } = split({ direction: 'minimize', space: {}, trials });
    expect(numbers(below)).toEqual([2, 6]);
    expect(numbers(above)).toContain(19);
    expect(numbers(above)).not.toContain(18);
  });
});

it('trials that lack a parameter make no kernel, and break nothing', () => {
  const trials = someTrials([...Array(12).keys()]);
  const params = tpe.sample({ direction: 'minimize', space: MIXED.space, trials }, createRandom(1));
  expect(Object.keys(params)).toEqual(Object.keys(MIXED.space));
});
