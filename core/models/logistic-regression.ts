import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { exp, log } from '../stats/elementary.ts';
import { classWeightParam, classWeights } from './class-weight.ts';
import { minimise } from './lbfgs.ts';
import { denseColumns, linearScores } from './linear-algebra.ts';
import { defineModel, type FittedModel } from './model.ts';
import { arrayFromJson, arrayToJson } from './typed-array-json.ts';

/**
 * Logistic regression with an L2 penalty (`sklearn.linear_model.LogisticRegression`, solver lbfgs): minimises
 * Σ weight·log-loss + ‖coefficients‖²/(2C), intercepts unpenalised. Two classes have one set of coefficients, more have one
 * each (multinomial). A class without a training row has probability 0.
 */
export const logisticRegression = defineModel({
  id: 'logistic_regression',
  summary: 'a weighted sum of the features, turned into probabilities of the classes',
  tasks: ['classification'],
  encoding: 'dense',
  params: z.strictObject({
    C: z.number().positive().default(1).describe('Inverse strength of the L2 penalty on standardised features.'),
    max_iter: z.int().min(1).max(100_000).default(1000).describe('Most steps of the solver.'),
    tol: z.number().positive().default(1e-6).describe('Stop when no component of the mean gradient is larger.'),
    class_weight: classWeightParam,
  }),
  isRandom: () => false,
  async fit({ features, target, nClasses }, params) {
    const columns = denseColumns(features);
    const p = columns.length;
    const n = target.length;
    const weights = classWeights(target, nClasses, params.class_weight);
    const present = [...weights.keys()].filter((label) => weights[label]! > 0);
    if (present.length === 1) return fitted({ nClasses, present, coefficients: new Float64Array(0), nFeatures: p });
    const rank = new Map(present.map((label, i) => [label, i]));
    const ranks = target.map((label) => rank.get(label)!);
    const total = target.reduce((sum, label) => sum + weights[label]!, 0);
    const k = present.length === 2 ? 1 : present.length;
    const objective = (point: Float64Array, gradient: Float64Array) => {
      const scores = Array.from({ length: k }, (_, j) => scoresOf(columns, n, point, j, p));
      const residuals = Array.from({ length: k }, () => new Float64Array(n));
      let loss = 0;
      for (let row = 0; row < n; row++) {
        const weight = weights[target[row]!]! / total;
        const label = ranks[row]!;
        if (k === 1) {
          const z = label === 1 ? scores[0]![row]! : -scores[0]![row]!;
          const e = exp(-Math.abs(z));
          loss += weight * (log(1 + e) + (z < 0 ? -z : 0));
          const wrong = z >= 0 ? e / (1 + e) : 1 / (1 + e);
          residuals[0]![row] = weight * (label === 1 ? -wrong : wrong);
          continue;
        }
        const largest = scores.reduce((most, each) => Math.max(most, each[row]!), Number.NEGATIVE_INFINITY);
        let sum = 0;
        for (let j = 0; j < k; j++) sum += residuals[j]![row] = exp(scores[j]![row]! - largest);
        loss += weight * (log(sum) + largest - scores[label]![row]!);
        for (let j = 0; j < k; j++) residuals[j]![row] = weight * (residuals[j]![row]! / sum - Number(j === label));
      }
      for (let j = 0; j < k; j++) {
        const at = j * (p + 1);
        for (let f = 0; f < p; f++) {
          const w = point[at + f]!;
          gradient[at + f] = w / (params.C * total);
          loss += (w * w) / (2 * params.C * total);
          const column = columns[f]!;
          let sum = 0;
          for (let row = 0; row < n; row++) sum += residuals[j]![row]! * column[row]!;
          gradient[at + f]! += sum;
        }
        gradient[at + p] = residuals[j]!.reduce((sum, residual) => sum + residual, 0);
      }
      return loss;
    };
    const { point } = minimise(objective, new Float64Array(k * (p + 1)), {
      maxIterations: params.max_iter,
      tolerance: params.tol,
    });
    return fitted({ nClasses, present, coefficients: point, nFeatures: p });
  },
  load(json) {
    const parsed = stored.safeParse(json);
    if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
    const { n_classes: nClasses, present, n_features: nFeatures } = parsed.data;
    const ascending = present.every((label, i) => label < nClasses && (i === 0 || label > present[i - 1]!));
    if (!ascending) throw broken('its classes are not in order');
    const sets = present.length === 1 ? 0 : present.length === 2 ? 1 : present.length;
    const coefficients = arrayFromJson(parsed.data.coefficients, 'float64', sets * (nFeatures + 1));
    if (!coefficients.every(Number.isFinite)) throw broken('a coefficient is not finite');
    return fitted({ nClasses, present, coefficients, nFeatures });
  },
});

const stored = z.strictObject({
  n_classes: z.int().min(1).max(256),
  n_features: z.int().min(0).max(1_000_000),
  present: z.array(z.int().min(0)).min(1).max(256),
  coefficients: z.unknown(),
});

interface State {
  readonly nClasses: number;
  /** Classes that training rows had. */
  readonly present: readonly number[];
  /** Per set: a coefficient per feature, then the intercept. */
  readonly coefficients: Float64Array;
  readonly nFeatures: number;
}

function fitted({ nClasses, present, coefficients, nFeatures }: State): FittedModel {
  return {
    predict(features) {
      const columns = denseColumns(features);
      const { nSamples } = features;
      const result = new Float64Array(nSamples * nClasses);
      const k = coefficients.length === 0 ? 0 : present.length === 2 ? 1 : present.length;
      const scores = Array.from({ length: k }, (_, j) => scoresOf(columns, nSamples, coefficients, j, nFeatures));
      for (let row = 0; row < nSamples; row++) {
        const logits = k === 0 ? [0] : k === 1 ? [0, scores[0]![row]!] : scores.map((each) => each[row]!);
        const largest = Math.max(...logits);
        const parts = logits.map((logit) => exp(logit - largest));
        const sum = parts.reduce((total, part) => total + part, 0);
        for (const [i, part] of parts.entries()) result[row * nClasses + present[i]!] = part / sum;
      }
      return result;
    },
    toJSON: () => ({
      n_classes: nClasses,
      n_features: nFeatures,
      present: [...present],
      coefficients: arrayToJson(coefficients),
    }),
  };
}

function scoresOf(
  columns: readonly Float64Array[],
  n: number,
  coefficients: Float64Array,
  set: number,
  p: number,
): Float64Array {
  const at = set * (p + 1);
  return linearScores(columns, n, coefficients.subarray(at, at + p), coefficients[at + p]!);
}

function broken(detail: string): StoreError {
  return new StoreError({ message: `the logistic regression in the model file is broken: ${detail}` });
}
