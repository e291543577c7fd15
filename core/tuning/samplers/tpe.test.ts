import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { categorical, contains, float, int, type ParamValue, type SearchSpace } from '../distribution.ts';
import { emptyTrial } from '../journal/read-journal.ts';
import type { Trial } from '../trial.ts';
import { someTrials } from '../trials.fixture.ts';
import { random } from './random.ts';
import { createTpe, split, tpe } from './tpe.ts';

type Params = Record<string, ParamValue>;

const BRANIN: SearchSpace = { x: float(-5, 10), y: float(0, 15) };
function branin({ x, y }: Params): number {
  const [a, b] = [x as number, y as number];
  const inner = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
  return inner ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 - 0.397887;
}

const MIXED: SearchSpace = {
  lr: float(1e-3, 1, { log: true }),
  md: int(2, 16),
  nl: int(8, 512, { log: true }),
  ss: float(0.4, 1, { step: 0.1 }),
  k: categorical('a', 'b', 'c', 'd'),
};
function mixed({ lr, md, nl, ss, k }: Params): number {
  return (
    (Math.log10(lr as number) + 1.3) ** 2 +
    0.02 * ((md as number) - 7) ** 2 +
    0.3 * (Math.log2(nl as number) - 5) ** 2 * (k === 'c' ? 0.5 : 1) +
    2 * ((ss as number) - 0.8) ** 2 +
    { a: 0.5, b: 0.2, c: 0, d: 0.8 }[k as 'a' | 'b' | 'c' | 'd']
  );
}

/** The best value of 100 trials, the median over 20 seeds. */
function medianBest(sample: typeof tpe.sample, space: SearchSpace, loss: (params: Params) => number): number {
  const finals = Array.from({ length: 20 }, (_, seed) => {
    const trials: Trial[] = [];
    for (let number = 0; number < 100; number++) {
      const params = sample({ direction: 'minimize', space, trials }, createRandom(seed, 'tpe', number));
      trials.push({ ...emptyTrial(number, 'complete'), params, value: loss(params) });
    }
    return Math.min(...trials.map(({ value }) => value!));
  }).sort((a, b) => a - b);
  return (finals[9]! + finals[10]!) / 2;
}

// What the median of 20 studies of 100 trials is with Optuna 5.0.0: TPESampler(seed=…), its quartiles in brackets.
describe('in 100 trials, the median of 20 seeds', () => {
  it('on Branin is within the quartiles of Optuna', () => {
    const found = medianBest(tpe.sample, BRANIN, branin);
    expect(found).toBeLessThan(0.03);
    expect(found).toBeGreaterThan(0);
    expect(medianBest(random.sample, BRANIN, branin)).toBeGreaterThan(0.1);
  });
  it('on parameters of all kinds is within the quartiles of Optuna', () => {
    expect(medianBest(tpe.sample, MIXED, mixed)).toBeLessThan(0.069);
    expect(medianBest(random.sample, MIXED, mixed)).toBeGreaterThan(0.1);
  });
  it('of parameters that are drawn one by one is better than at random, too', () => {
    expect(medianBest(createTpe({ multivariate: false }), MIXED, mixed)).toBeLessThan(0.1);
  });
});

describe.each([tpe, random])('$id', ({ sample }) => {
  const space: SearchSpace = { ...MIXED, one: int(3, 3), only: categorical('it') };
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
  const params = tpe.sample({ direction: 'minimize', space: MIXED, trials }, createRandom(1));
  expect(Object.keys(params)).toEqual(Object.keys(MIXED));
});
