import { describe, expect, it } from 'vitest';
import { explainClasses } from './explain-classes.ts';

/** One row, two features. */
const explained = (base: number[], values: number[]) => ({
  nOutputs: base.length,
  base: Float64Array.from(base),
  values: Float64Array.from(values),
});

describe('explainClasses', () => {
  it.each([
    {
      of: 'a regression as it is',
      link: 'identity',
      present: [],
      nClasses: 0,
      base: [5],
      values: [1, 2],
      toBase: [5],
      to: [1, 2],
    },
    {
      of: 'the positive of two classes, a share',
      link: 'complement',
      present: [0, 1],
      nClasses: 2,
      base: [0.3],
      values: [0.1, 0.2],
      toBase: [0.3],
      to: [0.1, 0.2],
    },
    {
      of: 'the positive of two classes, log-odds',
      link: 'logistic',
      present: [0, 1],
      nClasses: 2,
      base: [-1],
      values: [2, 3],
      toBase: [-1],
      to: [2, 3],
    },
    {
      of: 'the positive class where rows had that alone',
      link: 'identity',
      present: [1],
      nClasses: 2,
      base: [1],
      values: [0, 0],
      toBase: [1],
      to: [0, 0],
    },
    {
      of: 'the positive class where no row had it',
      link: 'identity',
      present: [0],
      nClasses: 2,
      base: [1],
      values: [0, 0],
      toBase: [0],
      to: [0, 0],
    },
    {
      of: 'shares of two classes of three',
      link: 'complement',
      present: [0, 2],
      nClasses: 3,
      base: [0.25],
      values: [0.5, 0.125],
      toBase: [0.75, 0, 0.25],
      to: [-0.5, -0.125, 0, 0, 0.5, 0.125],
    },
    {
      of: 'log-odds of two classes of three',
      link: 'logistic',
      present: [1, 2],
      nClasses: 3,
      base: [2],
      values: [1, -1],
      toBase: [0, -2, 2],
      to: [0, 0, -1, 1, 1, -1],
    },
    {
      of: 'three classes of four',
      link: 'softmax',
      present: [0, 1, 3],
      nClasses: 4,
      base: [1, 2, 3],
      values: [1, 2, 3, 4, 5, 6],
      toBase: [1, 2, 0, 3],
      to: [1, 2, 3, 4, 0, 0, 5, 6],
    },
  ] as const)('explains $of', ({ link, present, nClasses, base, values, toBase, to }) => {
    const found = explainClasses(explained([...base], [...values]), { link, present, nClasses, nFeatures: 2 });
    expect({ base: [...found.base], values: [...found.values] }).toEqual({ base: toBase, values: to });
    expect(found.nOutputs).toBe(toBase.length);
  });
});
