import { takeValues } from '../table/take-values.ts';

/** What a model predicts for rows. */
export interface Predictions {
  /** Classification: nSamples × nClasses probabilities, row by row, each row adding up to 1. Regression: nSamples values. */
  readonly outputs: Float64Array;
  /** 0 for regression. */
  readonly nClasses: number;
}

/** Predictions together with the class that each row is assigned to. */
export interface DecidedPredictions extends Predictions {
  /** nSamples: the index of the predicted class; for regression the predicted value again. */
  readonly predictedClass: Float64Array;
  /** False where only classes are known: `outputs` then holds 1 for the predicted class and 0 for the others. */
  readonly hasProbabilities: boolean;
}

/**
 * The predictions with the most probable class of each row, the lowest of equals. Of two classes the second where its
 * probability is above the threshold.
 */
export function decided({ outputs, nClasses }: Predictions, threshold = 0.5): DecidedPredictions {
  if (nClasses === 0) return { outputs, nClasses, predictedClass: outputs, hasProbabilities: false };
  const predictedClass = new Float64Array(outputs.length / nClasses);
  for (let row = 0; row < predictedClass.length; row++) {
    if (nClasses === 2 && threshold !== 0.5) {
      predictedClass[row] = Number(outputs[2 * row + 1]! > threshold);
      continue;
    }
    const at = row * nClasses;
    let best = 0;
    for (let k = 1; k < nClasses; k++) if (outputs[at + k]! > outputs[at + best]!) best = k;
    predictedClass[row] = best;
  }
  return { outputs, nClasses, predictedClass, hasProbabilities: true };
}

/** The predictions of these rows, in their order. */
export function takePredictions(predictions: DecidedPredictions, rows: ArrayLike<number>): DecidedPredictions {
  const { outputs, nClasses, predictedClass } = predictions;
  const taken = takeValues(outputs, rows, Math.max(1, nClasses));
  return {
    ...predictions,
    outputs: taken,
    predictedClass: predictedClass === outputs ? taken : takeValues(predictedClass, rows),
  };
}

/** Predictions of a model that names a class for each row and no probabilities. */
export function certain(predictedClass: Float64Array, nClasses: number): DecidedPredictions {
  const outputs = new Float64Array(predictedClass.length * nClasses);
  for (const [row, label] of predictedClass.entries()) outputs[row * nClasses + label] = 1;
  return { outputs, nClasses, predictedClass, hasProbabilities: false };
}

/** Predictions of two classes from the probability of the second. */
export function ofPositive(probability: Float64Array): Predictions {
  const outputs = new Float64Array(2 * probability.length);
  for (const [row, p] of probability.entries()) {
    outputs[2 * row] = 1 - p;
    outputs[2 * row + 1] = p;
  }
  return { outputs, nClasses: 2 };
}

/** nSamples: the probability of one class. */
export function probabilityOf({ outputs, nClasses }: Predictions, label: number): Float64Array {
  const ofClass = new Float64Array(outputs.length / nClasses);
  for (let row = 0; row < ofClass.length; row++) ofClass[row] = outputs[row * nClasses + label]!;
  return ofClass;
}

/** nSamples: the probability of the second of two classes. */
function positiveProbability(predictions: Predictions): Float64Array {
  return probabilityOf(predictions, 1);
}

/**
 * nSamples: the number that ranks or measures a prediction. Regression: the value. Two classes: the probability of the
 * second. More classes: the probability of the predicted class.
 */
export function scoreOf(predictions: DecidedPredictions): Float64Array {
  const { outputs, nClasses, predictedClass } = predictions;
  if (nClasses === 0) return outputs;
  if (nClasses === 2) return positiveProbability(predictions);
  return predictedClass.map((label, row) => outputs[row * nClasses + label]!);
}
