import LogisticRegression from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import { z } from 'zod';
import { exp, log1p } from '../../stats/elementary.ts';
import { defineModel } from '../define-model.ts';
import { type LogisticState, logisticFromJson, scoresOfSet } from '../linear/logistic-state.ts';
import { denseColumns } from '../linear-algebra.ts';
import type { FittedModel } from '../model.ts';
import { checkLimits } from './limits.ts';

/** What the descent takes, about. Measured on 1,000 to 20,000 rows of 3 to 30 features; at 100,000 it was twice as slow. */
function secondsOf(nRows: number, nFeatures: number, nClasses: number, steps: number): number {
  return (2e-7 + 5e-9 * nFeatures) * nRows * nClasses * steps;
}

/** Largest component of the mean gradient that counts as converged (`tol` of scikit-learn's LogisticRegression). */
const TOLERANCE = 1e-4;

/**
 * The logistic regression of ml-logistic-regression: one class against the rest for each class, shares scaled to sum to 1
 * (`sklearn.multiclass.OneVsRestClassifier(LogisticRegression(C=inf))`), by gradient descent of fixed steps. A class
 * without a training row has probability 0.
 */
export const mljsLogisticRegression = defineModel({
  id: 'mljs_logistic_regression',
  summary: 'the logistic regression of the library ml-logistic-regression, for comparison: slow, without a penalty',
  tasks: ['classification'],
  encoding: 'dense',
  byDefault: false,
  params: z.strictObject({
    max_iter: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(1000)
      .describe('Number of steps of gradient descent; all are made.'),
    max_rows: z
      .int()
      .min(1)
      .default(50_000)
      .describe('Largest number of training rows; more would take too long and are refused.'),
  }),
  isRandom: () => false,
  async learn(data, params, context) {
    const { features, target, nClasses } = data;
    const columns = denseColumns(features);
    const present = [...new Set(target)].sort((a, b) => a - b);
    const nFeatures = columns.length;
    const seconds = secondsOf(target.length, nFeatures, present.length, params.max_iter);
    const cost = { maxRows: params.max_rows, seconds, instead: 'logistic_regression' };
    checkLimits('mljs_logistic_regression', data, cost, context);
    if (present.length === 1)
      return fitted({ kind: 'one_vs_rest', nClasses, present, coefficients: new Float64Array(0), nFeatures });

    // The library has no intercept: a column of ones gives it one, which is the last weight.
    const inputs = [...columns, new Float64Array(target.length).fill(1)];
    const model = new LogisticRegression({ numSteps: params.max_iter, learningRate: largestSafeStep(inputs) });
    // It takes the number of different labels for their range, so that a class without rows would cost it the last.
    const ranks = [...target].map((label) => present.indexOf(label));
    const rows = Matrix.zeros(target.length, inputs.length);
    for (const [j, values] of inputs.entries()) rows.setColumn(j, values);
    model.train(rows, Matrix.columnVector(ranks));
    // Each of its classifiers tells the rest from its class, so the sign is turned. Its sigmoid is Math.exp, whose last bit
    // is the engine's own: rounded to 24 bits, weights are the same on every machine but for a chance of about 1e-7.
    const coefficients = Float64Array.from(
      model.classifiers.flatMap(({ weights }) => weights.to1DArray()),
      (weight) => Math.fround(-weight),
    );
    const state: LogisticState = { kind: 'one_vs_rest', nClasses, present, coefficients, nFeatures };
    if (largestSlope(state, columns, target) > TOLERANCE) {
      context.warn(
        `mljs_logistic_regression has not converged after ${params.max_iter} steps: raise max_iter, or use logistic_regression`,
      );
    }
    return fitted(state);
  },
  load: (json) => fitted(logisticFromJson(json, 'one_vs_rest', 'mljs logistic regression')),
});

/**
 * The step of the library's descent, which follows the gradient's sum over the rows: 1/L, with which it cannot diverge.
 * L, the steepest curvature, is a quarter of the largest eigenvalue of XᵀX, which is at most its largest absolute row sum.
 */
function largestSafeStep(columns: readonly Float64Array[]): number {
  const rowSums = columns.map((a) => columns.reduce((sum, b) => sum + Math.abs(dot(a, b)), 0));
  return 4 / rowSums.reduce((most, sum) => Math.max(most, sum), 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Largest component, over classes and coefficients, of the gradient of the mean log-loss. */
function largestSlope(state: LogisticState, columns: readonly Float64Array[], target: Float64Array): number {
  const n = target.length;
  let largest = 0;
  for (const [i, label] of state.present.entries()) {
    const residuals = scoresOfSet(state, columns, n, i).map(
      (score, row) => exp(logSigmoid(score)) - Number(target[row] === label),
    );
    for (const column of [...columns, new Float64Array(n).fill(1)])
      largest = Math.max(largest, Math.abs(dot(column, residuals)) / n);
  }
  return largest;
}

function fitted(state: LogisticState): FittedModel {
  const { nClasses, present, coefficients } = state;
  return {
    predict(features) {
      const columns = denseColumns(features);
      const { nSamples } = features;
      const result = new Float64Array(nSamples * nClasses);
      const logs = present.map((_, i) =>
        coefficients.length === 0
          ? new Float64Array(nSamples)
          : scoresOfSet(state, columns, nSamples, i).map(logSigmoid),
      );
      for (let row = 0; row < nSamples; row++) {
        // As logarithms, so that a row far from every class does not make 0 of all its shares.
        const largest = logs.reduce((most, each) => Math.max(most, each[row]!), Number.NEGATIVE_INFINITY);
        const parts = logs.map((each) => exp(each[row]! - largest));
        const sum = parts.reduce((total, part) => total + part, 0);
        for (const [i, part] of parts.entries()) result[row * nClasses + present[i]!] = part / sum;
      }
      return result;
    },
    state,
  };
}

function logSigmoid(score: number): number {
  return Math.min(score, 0) - log1p(exp(-Math.abs(score)));
}
