import { describe, expect, it } from 'vitest';
import { categorical, type Distribution, float, int, type SearchSpace } from '../distribution.ts';
import { emptyTrial } from '../journal/read-journal.ts';
import type { Trial } from '../trial.ts';
import { grid, gridOf } from './grid.ts';

describe('gridOf', () => {
  it.each<[string, Distribution, readonly unknown[]]>([
    ['categories', categorical('a', null), ['a', null]],
    ['few whole numbers', int(2, 5), [2, 3, 4, 5]],
    ['few steps', float(0.4, 1, { step: 0.2 }), [0.4, 0.6, 0.8, 1]],
    ['many whole numbers', int(0, 100), [0, 25, 50, 75, 100]],
    ['orders of magnitude', float(1e-4, 1, { log: true }), [1e-4, 1e-3, 1e-2, 0.1, 1]],
    ['one value', float(2, 2), [2]],
  ])('of %s', (_, distribution, values) => {
    const found = gridOf(distribution);
    expect(found).toHaveLength(values.length);
    for (const [i, value] of values.entries())
      if (typeof value === 'number') expect(found[i]).toBeCloseTo(value, 12);
      else expect(found[i]).toBe(value);
  });
});

describe('grid', () => {
  const space: SearchSpace = { a: int(1, 3), b: categorical('x', 'y'), c: float(0, 1) };
  const study = (first: readonly Trial[]): Trial[] => {
    const trials = [...first];
    for (;;) {
      const params = grid.sample({ direction: 'minimize', space, trials });
      if (!params) return trials;
      trials.push({ ...emptyTrial(trials.length, 'complete'), params, value: 0 });
    }
  };

  it('tries every combination once, and then ends', () => {
    const trials = study([]);
    expect(trials).toHaveLength(3 * 2 * 5);
    expect(new Set(trials.map(({ params }) => JSON.stringify(params))).size).toBe(30);
  });
  it('does not try again what has been tried, in whatever digits it was kept', () => {
    const first = { ...emptyTrial(0, 'complete'), params: { a: 2, b: 'y', c: 0.25 }, value: 0 };
    expect(study([first])).toHaveLength(30);
  });
  it('looks at a few points of a grid that is too large to lay out', () => {
    const large = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`p${i}`, int(0, 1000)]));
    expect(grid.sample({ direction: 'minimize', space: large, trials: [] })).not.toBeNull();
  });
});
