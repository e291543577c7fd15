import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { denseColumns, linearScores, solveSymmetric } from './linear-algebra.ts';
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
  async fit({ features, target }, { alpha }) {
    const columns = denseColumns(features);
    const p = columns.length;
    const means = columns.map(mean);
    const targetMean = mean(target);
    const centred = columns.map((column, j) => column.map((value) => value - means[j]!));
    const gram = new Float64Array(p * p);
    const moments = new Float64Array(p);
    for (let j = 0; j < p; j++) {
      for (let i = j; i < p; i++) {
        const product = dot(centred[i]!, centred[j]!) + (i === j ? alpha : 0);
        gram[i * p + j] = product;
        gram[j * p + i] = product;
      }
      moments[j] = target.reduce((sum, y, row) => sum + (y - targetMean) * centred[j]![row]!, 0);
    }
    const coefficients = solveSymmetric(gram, moments);
    const intercept = coefficients.reduce((sum, coefficient, j) => sum - coefficient * means[j]!, targetMean);
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

function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
