import { z } from 'zod';
import { float } from '../tuning/distribution.ts';
import { defineModel } from './define-model.ts';
import { farValue } from './linear/far-value.ts';
import { leastSquares } from './linear/least-squares.ts';
import { type LinearState, linearFromJson } from './linear/linear-state.ts';
import { weightedRows } from './linear/weighted-rows.ts';
import { denseColumns, linearScores } from './linear-algebra.ts';
import type { FittedModel } from './model.ts';

/**
 * Least squares with an intercept, by default with a penalty (`sklearn.linear_model.Ridge`); with `alpha: 0` ordinary least
 * squares (`LinearRegression`), of the smallest norm where columns repeat each other.
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
      .default(1)
      .describe('Strength of the L2 penalty on standardised features; 0: ordinary least squares, of minimum norm.'),
  }),
  space: { alpha: float(0.001, 1000, { log: true }) },
  isRandom: () => false,
  async learn(data, { alpha }, { warn }) {
    const far = farValue(data.features);
    if (far) {
      warn(
        `a value of "${far.name}" lies hundreds of standard deviations from the others, so predictions can be far off: correct it, or leave the column out`,
      );
    }
    return fitted({ kind: 'linear', ...leastSquares(weightedRows(data), alpha) });
  },
  load: (json) => fitted(linearFromJson(json)),
});

function fitted(state: LinearState): FittedModel {
  const { coefficients, intercept } = state;
  return {
    predict: (features) => linearScores(denseColumns(features), features.nSamples, coefficients, intercept),
    state,
  };
}
