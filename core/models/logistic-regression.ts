import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { exp } from '../stats/elementary.ts';
import { classWeightParam, classWeights } from './class-weight.ts';
import { type Minimum, minimise } from './linear/lbfgs.ts';
import { type LogisticLoss, logisticLoss } from './linear/logistic-loss.ts';
import { spreadBlocks } from './linear/row-blocks.ts';
import { weightedRows } from './linear/weighted-rows.ts';
import { denseColumns, linearScores } from './linear-algebra.ts';
import { defineModel, type FittedModel } from './model.ts';
import { arrayFromJson, arrayToJson } from './typed-array-json.ts';

/**
 * Logistic regression with an L2 penalty (`sklearn.linear_model.LogisticRegression`, solver lbfgs): minimises
 * Σ weight·log-loss + ‖coefficients‖²/(2C), intercepts unpenalised. Two classes have one set of coefficients, more have one
 * each (multinomial). A class without a training row has probability 0.
 *
 * `tol` bounds the gradient of the mean loss, as scikit-learn's does, but is 1e-6 where that is 1e-4: at 1e-4 the third
 * digit of a coefficient still depends on where the solver started, and the last two orders cost two steps or three.
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
  async fit(data, params, { warn }) {
    const { columns, target, weights, unit } = weightedRows(data);
    const { nClasses } = data;
    const nFeatures = columns.length;
    const ofClass = classWeights(target, nClasses, params.class_weight, weights);
    const present = [...ofClass.keys()].filter((label) => ofClass[label]! > 0);
    if (present.length < 2) {
      const known = present.length === 1 ? present : [...ofClass.keys()];
      const sets = known.length === 1 ? 0 : known.length === 2 ? 1 : known.length;
      return fitted({ nClasses, present: known, coefficients: new Float64Array(sets * (nFeatures + 1)), nFeatures });
    }
    const ofRow = target.map((label, row) => ofClass[label]! * (weights === null ? 1 : weights[row]!));
    const total = sum(ofRow);
    const loss = logisticLoss({
      columns,
      labels: target.map((label) => present.indexOf(label)),
      nClasses: present.length,
      weights: ofRow.map((weight) => weight / total),
      penalty: Math.min(1 / (params.C * total * unit), LARGEST_PENALTY),
    });
    const { point, converged } = solve(loss, { maxIterations: params.max_iter, tolerance: params.tol });
    if (!converged) {
      warn(
        `logistic regression did not converge in ${params.max_iter} steps: its coefficients may still change. Raise max_iter, or lower C`,
      );
    }
    return fitted({ nClasses, present, coefficients: centreIntercepts(point, nFeatures), nFeatures });
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

/** Large tables are first fitted on one block of rows in so many; fewer than this many blocks are not worth it. */
const SAMPLED = 16;
const WORTH_SAMPLING = 128;
/** No tighter than the sample's own error, about 1/√rows. */
const SAMPLE_TOLERANCE = 1e-3;
const LARGEST_PENALTY = 1e300;

/** From zero, or, where rows are many, from the minimum for a sample of them: it is near, and cheap to find. */
function solve(loss: LogisticLoss, options: { maxIterations: number; tolerance: number }): Minimum {
  const over = (nBlocks: number) => loss.over(spreadBlocks(loss.nBlocks, nBlocks));
  const zero = new Float64Array(loss.nCoefficients);
  if (loss.nBlocks < WORTH_SAMPLING) return minimise(over(loss.nBlocks), zero, options);
  const tolerance = Math.max(options.tolerance, SAMPLE_TOLERANCE);
  const { point } = minimise(over(Math.ceil(loss.nBlocks / SAMPLED)), zero, { ...options, tolerance });
  return minimise(over(loss.nBlocks), point, options);
}

/** Of several sets the intercepts are unique up to a constant: their sum is made 0, as scikit-learn's is. */
function centreIntercepts(coefficients: Float64Array, nFeatures: number): Float64Array {
  const size = nFeatures + 1;
  if (coefficients.length === size) return coefficients;
  const intercepts = coefficients.filter((_, i) => i % size === nFeatures);
  const mean = sum(intercepts) / intercepts.length;
  return coefficients.map((value, i) => (i % size === nFeatures ? value - mean : value));
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
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
