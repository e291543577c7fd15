import { exp } from '../../stats/elementary.ts';

/**
 * How an ensemble's outputs become predictions: `identity` (a value, or shares of all classes), `complement` (the share of
 * the second of two classes), `logistic` (its log-odds), `softmax` (a score per class).
 */
export const LINKS = ['identity', 'complement', 'logistic', 'softmax'] as const;
export type Link = (typeof LINKS)[number];

/**
 * @param outputs nSamples × nOutputs.
 * @param present the classes that the outputs speak of, in order; others have probability 0. Empty for a regression.
 * @returns nSamples values, or nSamples × nClasses probabilities.
 */
export function applyLink(
  link: Link,
  outputs: Float64Array,
  present: readonly number[],
  nClasses: number,
): Float64Array {
  if (nClasses === 0) return outputs;
  const nOutputs = link === 'complement' || link === 'logistic' ? 1 : present.length;
  const nSamples = present.length === 1 ? outputs.length : outputs.length / nOutputs;
  const result = new Float64Array(nSamples * nClasses);
  const shares = new Float64Array(present.length);
  for (let row = 0; row < nSamples; row++) {
    if (link === 'complement') {
      shares[1] = outputs[row]!;
      shares[0] = 1 - outputs[row]!;
    } else if (link === 'logistic') {
      shares[1] = 1 / (1 + exp(-outputs[row]!));
      shares[0] = 1 / (1 + exp(outputs[row]!));
    } else {
      const own = outputs.subarray(row * nOutputs, (row + 1) * nOutputs);
      let sum = 0;
      let most = 0;
      if (link === 'softmax') most = own.reduce((high, score) => Math.max(high, score), Number.NEGATIVE_INFINITY);
      for (let k = 0; k < nOutputs; k++) sum += shares[k] = link === 'softmax' ? exp(own[k]! - most) : own[k]!;
      for (let k = 0; k < nOutputs; k++) shares[k]! /= sum;
    }
    for (const [k, label] of present.entries()) result[row * nClasses + label] = shares[k]!;
  }
  return result;
}
