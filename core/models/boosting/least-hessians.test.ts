import { describe, expect, it } from 'vitest';
import { numeric, uniformRows } from '../uniform-rows.fixture.ts';
import { boosted } from './boosted.fixture.ts';
import { leastHessians } from './least-hessians.ts';

describe('leastHessians', () => {
  it.each([
    { title: 'values or two classes', shares: [Number.NaN], expected: [0.3] },
    { title: 'ten classes', shares: Array(10).fill(0.1), expected: Array(10).fill(0.0006 / 0.09) },
    {
      title: 'rare classes beside a frequent one',
      shares: [0.996, 0.002, 0.002],
      expected: [0.0006 / 0.003984, 0.3, 0.3],
    },
    { title: 'a class that all rows, or none, have', shares: [1, 0], expected: [0.3, 0.3] },
  ])('is, of $title, $expected', ({ shares, expected }) => {
    for (const [k, least] of leastHessians(shares, null).entries()) expect(least).toBeCloseTo(expected[k], 12);
  });

  it('is what is given', () => {
    expect(leastHessians([0.1, 0.9], 5)).toEqual([5, 5]);
  });
});

describe('gradientBoosting', () => {
  const { columns, noise } = uniformRows(900, 4);
  const features = numeric(columns);
  const values = noise.map((e, i) => 4 * columns[0]![i]! + 2 * columns[1]![i]! + e);
  const inParts = (parts: number) => {
    const sorted = values.toSorted((a, b) => a - b);
    return values.map((y) => Math.floor((sorted.indexOf(y) * parts) / sorted.length));
  };
  const state = async (nClasses: number, params: object) => {
    const target = nClasses === 0 ? values : inParts(nClasses);
    return (await boosted({ features, target, nClasses }, { n_estimators: 30, ...params })).state;
  };

  it.each([0, 2])('of %d classes needs 0.3', async (nClasses) => {
    expect(await state(nClasses, {})).toEqual(await state(nClasses, { min_hessian_to_split: 0.3 }));
    expect(await state(nClasses, {})).not.toEqual(await state(nClasses, { min_hessian_to_split: 30 }));
  });

  it('of three classes needs what their shares say', async () => {
    const third = 0.0006 / ((1 / 3) * (2 / 3));
    const eased = { min_samples_leaf: 2, n_estimators: 100 };
    expect(await state(3, eased)).toEqual(await state(3, { ...eased, min_hessian_to_split: third }));
    expect(await state(3, eased)).not.toEqual(await state(3, { ...eased, min_hessian_to_split: 0.3 }));
  });
});
