import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { leastSquares } from './linear/least-squares.ts';
import { weightedRows } from './linear/weighted-rows.ts';
import { denseColumns, linearScores } from './linear-algebra.ts';
import { defineModel, type FittedModel } from './model.ts';
import { arrayFromJson, arrayToJson } from './typed-array-json.ts';

/**
 * Least squares with an intercept (`sklearn.linear_model.LinearRegression`); with `alpha` > 0 ridge regression (`Ridge`).
 * Of columns that repeat others the later ones get coefficient 0, which predicts the same.
 */
export const linearRegression = defineModel({
  id: 'linear_regression',
  summary: 'a weighted sum of the features, fitted by least squares',
  tasks: ['regression'],
  encoding: 'dense',
  params: z.strictObject({
    alpha: z
      .number()
      .min(0)
      .default(0)
      .describe('Strength of the L2 penalty on standardised features; 0: ordinary least squares.'),
  }),
  isRandom: () => false,
  async fit(data, { alpha }) {
    const { coefficients, intercept } = leastSquares(weightedRows(data), alpha);
    return fitted(coefficients, intercept);
  },
  load(json) {
    const { coefficients, intercept } = (json ?? {}) as { coefficients?: unknown; intercept?: unknown };
    const array = arrayFromJson(coefficients, 'float64');
    if (typeof intercept !== 'number' || !Number.isFinite(intercept) || !array.every(Number.isFinite)) {
      throw new StoreError({
        message: 'the linear regression in the model file is broken: a coefficient is not finite',
      });
    }
    return fitted(array, intercept);
  },
});

function fitted(coefficients: Float64Array, intercept: number): FittedModel {
  return {
    predict: (features) => linearScores(denseColumns(features), features.nSamples, coefficients, intercept),
    toJSON: () => ({ coefficients: arrayToJson(coefficients), intercept }),
  };
}
