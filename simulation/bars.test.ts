import { describe, expect, it } from 'vitest';
import { barsOf, count, type Figures } from './bars.ts';

const figures = (changes: Partial<Figures>): Figures => ({
  cell: { size: 700, rare: false, metric: 'r2', model: 'random_forest', harmless: [], worse: [] },
  alarms: { hits: 18, n: 1000, interval: [0.01, 0.03] },
  alarmsWithHistory: null,
  caught: { chance: 0.87, low: 0.8, high: 0.9 },
  caughtWithHistory: null,
  ofTest: 0.5,
  smallest: 0.1,
  ...changes,
});

describe('barsOf', () => {
  it('are reached at their very edge', () => {
    expect(barsOf(figures({})).map(({ reached }) => reached)).toEqual([true, true, true]);
  });
  it.each([
    ['false alarms', { alarms: { hits: 19, n: 1000, interval: [0, 1] } }, 0],
    ['catches', { caught: { chance: 0.869, low: 0.8, high: 0.9 } }, 1],
    ['catches that the fit cannot tell', { caught: null }, 1],
    ['a drop not half that of the test set', { ofTest: 0.51 }, 2],
  ] as const)('are missed by %s, each for itself', (_, changes, place) => {
    const reached = barsOf(figures(changes)).map((bar) => bar.reached);
    expect(reached).toEqual([0, 1, 2].map((i) => i !== place));
  });
  it('ask for the same with a history', () => {
    const found = barsOf(figures({ alarmsWithHistory: { hits: 2, n: 100, interval: [0, 1] } }));
    expect(found.map(({ reached }) => reached)).toEqual([true, false, true, false, true]);
  });
  it('are catches alone where no model can raise a false alarm', () => {
    expect(barsOf(figures({ alarms: null }))).toHaveLength(2);
  });
  it('are false alarms alone where few rows are positive', () => {
    const { cell } = figures({});
    expect(barsOf(figures({ cell: { ...cell, rare: true }, caught: null })).map(({ reached }) => reached)).toEqual([
      true,
    ]);
  });
});

describe('count', () => {
  it('counts, with the exact interval', () => {
    const { hits, n, interval } = count([true, false, false]);
    expect([hits, n]).toEqual([1, 3]);
    expect(interval[1]).toBeCloseTo(0.9057, 4);
  });
});
