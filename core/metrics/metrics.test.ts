import { describe, expect, it } from 'vitest';
import { metrics } from './index.ts';
import type { MetricInput } from './metric.ts';

const regression = {
  target: Float64Array.of(3.1, -0.5, 2, 7.25, 4, 4),
  prediction: Float64Array.of(2.5, 0, 2, 8, 3.5, 4.5),
  weights: Float64Array.of(1, 2, 0.5, 1, 3, 1),
};
const scores = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.2, 0.9, 0.6, 0.05);
const binary = {
  target: Float64Array.of(0, 0, 1, 1, 0, 1, 0, 0, 1, 0),
  prediction: scores,
  decision: scores.map((score) => Number(score > 0.38)),
  weights: Float64Array.of(1, 2, 1, 0.5, 1, 3, 1, 1, 2, 1),
};
const multiclass = {
  target: Float64Array.of(0, 1, 2, 2, 1, 0, 2, 3, 1),
  decision: Float64Array.of(0, 2, 2, 2, 1, 1, 0, 2, 1),
};

function input(part: Partial<MetricInput> & { target: Float64Array }, nClasses: number): MetricInput {
  const prediction = part.prediction ?? part.decision!;
  return { nClasses, prediction, decision: part.decision ?? prediction, ...part };
}
function unweighted({ weights: _, ...rest }: typeof binary): Omit<typeof binary, 'weights'> {
  return rest;
}

// Golden values: scikit-learn 1.9.1, `sklearn.metrics.<name>(target, prediction or decision, sample_weight=weights)`;
// multiclass with `average="macro", zero_division=0`.
describe('metrics equal those of scikit-learn', () => {
  it.each([
    ['r2', 0.9489345461484638, 0.9484437350359138],
    ['rmse', 0.5279678020485719, 0.5338539126015656],
    ['mae', 0.47500000000000003, 0.5117647058823529],
  ])('%s', (id, plain, weighted) => {
    const { weights: _, ...rest } = regression;
    expect(metrics.get(id).compute(input(rest, 0))).toBeCloseTo(plain, 12);
    expect(metrics.get(id).compute(input(regression, 0))).toBeCloseTo(weighted, 12);
  });

  it.each([
    ['roc_auc', 0.7083333333333334, 0.6923076923076923],
    ['average_precision', 0.5595238095238095, 0.6078658183921342],
    ['f1', 0.6, 0.6875],
    ['precision', 0.5, 0.5789473684210527],
    ['recall', 0.75, 0.8461538461538461],
    ['accuracy', 0.6, 0.6296296296296297],
  ])('%s of a binary target', (id, plain, weighted) => {
    expect(metrics.get(id).compute(input(unweighted(binary), 2))).toBeCloseTo(plain, 12);
    expect(metrics.get(id).compute(input(binary, 2))).toBeCloseTo(weighted, 12);
  });

  it.each([
    ['f1', 0.4345238095238095],
    ['precision', 0.41666666666666663],
    ['recall', 0.45833333333333326],
    ['accuracy', 0.5555555555555556],
  ])('%s of four classes', (id, expected) => {
    expect(metrics.get(id).compute(input(multiclass, 4))).toBeCloseTo(expected, 12);
  });
});

describe('metrics at their edges', () => {
  const one = (label: number) =>
    input({ target: Float64Array.of(label, label), prediction: Float64Array.of(0.2, 0.9) }, 2);
  it.each([
    ['roc_auc of one class', 'roc_auc', one(1), Number.NaN],
    ['average precision without positives', 'average_precision', one(0), Number.NaN],
    ['f1 without positives', 'f1', one(0), Number.NaN],
    [
      'precision without a positive decision',
      'precision',
      input({ target: Float64Array.of(0, 1), decision: Float64Array.of(0, 0) }, 2),
      0,
    ],
    ['r2 of one row', 'r2', input({ target: Float64Array.of(1), prediction: Float64Array.of(1) }, 0), Number.NaN],
    [
      'r2 of a constant target missed',
      'r2',
      input({ target: Float64Array.of(1, 1), prediction: Float64Array.of(1, 2) }, 0),
      0,
    ],
    [
      'r2 of a constant target met',
      'r2',
      input({ target: Float64Array.of(1, 1), prediction: Float64Array.of(1, 1) }, 0),
      1,
    ],
    [
      'roc_auc of one score for all',
      'roc_auc',
      input({ target: Float64Array.of(0, 1, 1), prediction: Float64Array.of(0.5, 0.5, 0.5) }, 2),
      0.5,
    ],
  ])('%s', (_, id, rows, expected) => expect(metrics.get(id).compute(rows)).toBe(expected));

  it('auc’s weight in a mean over folds is its number of pairs, and its degrees of freedom the rarer class’s', () => {
    const target = Float64Array.of(0, 0, 0, 1, 1);
    expect(metrics.get('roc_auc').foldWeight!(target)).toBe(6);
    expect(metrics.get('roc_auc').degreesOfFreedom!(target)).toBe(1);
  });
});
