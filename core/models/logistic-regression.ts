import { z } from 'zod';
import { float } from '../tuning/distribution.ts';
import { classWeightParam, classWeights, presentClasses } from './class-weight.ts';
import { defineModel } from './define-model.ts';
import { classProbabilities } from './linear/class-probabilities.ts';
import { type LogisticState, logisticFromJson, scoresOfSet, setsOf } from './linear/logistic-state.ts';
import { solveLogistic } from './linear/solve-logistic.ts';
import { weightedRows } from './linear/weighted-rows.ts';
import { denseColumns } from './linear-algebra.ts';
import type { FittedModel } from './model.ts';

/**
 * Logistic regression with an L2 penalty (`sklearn.linear_model.LogisticRegression`, solver lbfgs): minimises
 * Σ weight·log-loss + ‖coefficients‖²/(2C), intercepts unpenalised. Two classes have one set of coefficients, more have one
 * each (multinomial). A class without a training row has probability 0.
 *
 * `tol` bounds the gradient of the mean loss, as scikit-learn's does, but is 1e-6 where that is 1e-4: there coefficients of
 * about 1 were off by .005 (8,000 rows × 30) and .010 (20,000 × 20, 5 classes), with 1e-6 by .00007 at most (200 to a
 * million rows, 5 to 300 features, 2 to 5 classes), for a few steps more. The bound is met, or the last step is one that
 * keeps it even if it does ten times worse than the one before. `max_iter` counts steps over all rows.
 */
export const logisticRegression = defineModel({
  id: 'logistic_regression',
  summary: 'a weighted sum of the features, turned into probabilities of the classes',
  tasks: ['classification'],
  encoding: 'dense',
  params: z.strictObject({
    C: z.number().positive().default(1).describe('Inverse strength of the L2 penalty on standardised features.'),
    max_iter: z.int().min(1).max(100_000).default(1000).describe('Largest number of steps of the solver.'),
    tol: z
      .number()
      .positive()
      .default(1e-6)
      .describe('Stop when every component of the mean gradient is at most this.'),
    class_weight: classWeightParam,
  }),
  space: { C: float(0.0001, 100, { log: true }) },
  isRandom: () => false,
  async learn(data, params, { warn }) {
    const { columns, target, weights, unit } = weightedRows(data);
    const { nClasses } = data;
    const nFeatures = columns.length;
    const ofClass = classWeights(target, nClasses, params.class_weight, weights);
    const { present, places } = presentClasses(ofClass);
    if (present.length < 2) {
      const known = present.length === 1 ? present : [...ofClass.keys()];
      const coefficients = new Float64Array(setsOf('logistic', known.length) * (nFeatures + 1));
      return fitted({ kind: 'logistic', nClasses, present: known, coefficients, nFeatures });
    }
    const labels = present.length === nClasses ? target : target.map((label) => places[label]!);
    const classes = { nClasses: present.length, classWeights: ofClass.filter((weight) => weight > 0) };
    const { point, converged, nSteps } = solveLogistic(
      { columns, labels, weights, ...classes, penalty: 1 / (params.C * unit) },
      { maxIterations: params.max_iter, tolerance: params.tol },
    );
    if (!converged) {
      warn(
        `logistic regression did not converge in ${nSteps} steps (max_iter ${params.max_iter}): its coefficients may still change. Raise max_iter, or lower C`,
      );
    }
    return fitted({ kind: 'logistic', nClasses, present, coefficients: point, nFeatures });
  },
  load: (json) => fitted(logisticFromJson(json, 'logistic', 'logistic regression')),
});

function fitted(state: LogisticState): FittedModel {
  const { nClasses, present, coefficients, nFeatures } = state;
  return {
    predict(features) {
      const columns = denseColumns(features);
      const scores = Array.from({ length: coefficients.length / (nFeatures + 1) }, (_, set) =>
        scoresOfSet(state, columns, features.nSamples, set),
      );
      return classProbabilities(scores, features.nSamples, nClasses, present);
    },
    state,
  };
}
