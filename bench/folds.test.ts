import { describe, expect, it } from 'vitest';
import { drawFolds, rowsOf } from './folds.ts';

const target = Float64Array.from({ length: 103 }, (_, row) => Number(row % 5 === 0));

describe('drawFolds', () => {
  it.each([0, 1])('spreads the rows of class %i evenly', (label) => {
    const folds = drawFolds(target, 2, 5, 1);
    const sizes = [0, 1, 2, 3, 4].map(
      (fold) => folds.filter((own, row) => own === fold && target[row] === label).length,
    );
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('draws anew for another seed, the same for the same', () => {
    expect(drawFolds(target, 0, 5, 1)).toEqual(drawFolds(target, 0, 5, 1));
    expect(drawFolds(target, 0, 5, 1)).not.toEqual(drawFolds(target, 0, 5, 2));
  });
});

describe('rowsOf', () => {
  it('leaves out rows that are in no fold', () => {
    expect(rowsOf(Float64Array.of(0, -1, 1, 2, 0), 0)).toEqual({
      train: Uint32Array.of(2, 3),
      test: Uint32Array.of(0, 4),
    });
  });
});
