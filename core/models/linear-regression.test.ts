import { describe, expect, it } from 'vitest';
import type { Features } from '../preprocessing/features.ts';
import { inlineWorkers } from './inline-workers.ts';
import { linearRegression } from './linear-regression.ts';

const x0 = [0.5, 1.5, -0.7, 2.1, -1.3, 0.2, -2.0, 1.0];
const x1 = [-1.2, 0.3, 2.2, -0.4, 0.9, 1.1, -0.6, -2.3];
const target = Float64Array.of(1.2, 3.1, 0.4, 4.9, -1.7, 1.8, -4.2, 2.5);
const context = { seed: 1, workers: inlineWorkers, warn: () => {} };

const features = (...columns: number[][]): Features => ({
  nSamples: columns[0]!.length,
  columns: columns.map((values, i) => ({ kind: 'numeric', name: `x${i}`, values: Float64Array.from(values) })),
});
const fitted = (columns: number[][], params: Record<string, unknown> = {}) =>
  linearRegression.fit({ features: features(...columns), target, nClasses: 0 }, params, context);

// scikit-learn 1.9.1, X = np.c_[x0, x1]
// sklearn.linear_model.LinearRegression().fit(X, y).predict(X)
const LEAST_SQUARES = [
  1.2656819627118046, 3.9073216864677254, 0.0031320284700518952, 4.90540775633194, -1.7285762468808357,
  1.481920578129205, -3.742789049744482, 1.9079012845145917,
];
// sklearn.linear_model.Ridge(alpha=2.0, solver='cholesky').fit(X, y).predict(X)
const RIDGE = [
  1.3205524965772486, 3.466742109309821, -0.02428761707899718, 4.375813593373106, -1.4066619556126057,
  1.3274870376541716, -3.015487826781229, 1.9558421625584856,
];

describe('linearRegression', () => {
  it.each([
    { params: {}, expected: LEAST_SQUARES },
    { params: { alpha: 2 }, expected: RIDGE },
  ])('with $params predicts what scikit-learn does', async ({ params, expected }) => {
    const predicted = (await fitted([x0, x1], params)).predict(features(x0, x1));
    for (const [row, value] of expected.entries()) expect(predicted[row]).toBeCloseTo(value, 12);
  });

  it.each([
    { title: 'a constant column', extra: x0.map(() => 3) },
    { title: 'a column that repeats another', extra: x1 },
    { title: 'a column that is the sum of others', extra: x0.map((value, row) => value + x1[row]!) },
  ])('predicts the same with $title beside', async ({ extra }) => {
    const predicted = (await fitted([x0, x1, extra])).predict(features(x0, x1, extra));
    for (const [row, value] of LEAST_SQUARES.entries()) expect(predicted[row]).toBeCloseTo(value, 9);
  });

  it('predicts the mean when there is no feature', async () => {
    const none: Features = { nSamples: 8, columns: [] };
    const model = await linearRegression.fit({ features: none, target, nClasses: 0 }, {}, context);
    expect(model.predict({ nSamples: 1, columns: [] })[0]).toBeCloseTo(1, 12);
  });
});
