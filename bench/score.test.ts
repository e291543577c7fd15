import { describe, expect, it } from 'vitest';
import { score } from './score.ts';
import { median, standardError } from './spread.ts';

describe('score', () => {
  // scikit-learn 1.9.1: r2_score([1, 2, 4], [1, 2, 3]); roc_auc_score([0, 1, 0, 1], [.1, .4, .5, .8]); accuracy_score([2, 0], [2, 1])
  it.each([
    { of: 'values by R²', target: [1, 2, 4], nClasses: 0, predictions: [1, 2, 3], expected: 0.7857142857142857 },
    {
      of: 'two classes by the area under the curve',
      target: [0, 1, 0, 1],
      nClasses: 2,
      predictions: [0.9, 0.1, 0.6, 0.4, 0.5, 0.5, 0.2, 0.8],
      expected: 0.75,
    },
    { of: 'more by accuracy', target: [2, 0], nClasses: 3, predictions: [0.1, 0.2, 0.7, 0.3, 0.6, 0.1], expected: 0.5 },
  ])('judges $of', ({ target, nClasses, predictions, expected }) => {
    expect(score(Float64Array.from(target), nClasses, Float64Array.from(predictions))).toBeCloseTo(expected, 12);
  });

  it('refuses predictions of another number of rows', () => {
    expect(() => score(Float64Array.of(0, 1), 2, Float64Array.of(0.5, 0.5))).toThrow('2 predictions for 2 rows');
  });
});

describe('median', () => {
  it('is the middle value', () => expect(median([10, 1, 9])).toBe(9));
});

describe('standardError', () => {
  // scipy.stats.sem([1, 2, 4])
  it('is that of the mean', () => expect(standardError([1, 2, 4])).toBeCloseTo(0.8819171036881969, 12));
});
