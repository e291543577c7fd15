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
  if (link === 'complement' || link === 'logistic') return ofTwo(link, outputs, present, nClasses);
  const nPresent = present.length;
  const nSamples = outputs.length / nPresent;
  const result = new Float64Array(nSamples * nClasses);
  for (let row = 0; row < nSamples; row++) {
    const from = row * nPresent;
    let most = 0;
    if (link === 'softmax') {
      most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < nPresent; k++) most = Math.max(most, outputs[from + k]!);
    }
    let sum = 0;
    for (let k = 0; k < nPresent; k++) {
      const share = link === 'softmax' ? exp(outputs[from + k]! - most) : outputs[from + k]!;
      result[row * nClasses + present[k]!] = share;
      sum += share;
    }
    for (let k = 0; k < nPresent; k++) result[row * nClasses + present[k]!]! /= sum;
  }
  return result;
}

/** The probabilities of two classes, of which the outputs tell the second's. */
function ofTwo(
  link: 'complement' | 'logistic',
  outputs: Float64Array,
  present: readonly number[],
  nClasses: number,
): Float64Array {
  const result = new Float64Array(outputs.length * nClasses);
  const [first, second] = present as [number, number];
  for (let row = 0; row < outputs.length; row++) {
    const output = outputs[row]!;
    result[row * nClasses + first] = link === 'logistic' ? 1 / (1 + exp(output)) : 1 - output;
    result[row * nClasses + second] = link === 'logistic' ? 1 / (1 + exp(-output)) : output;
  }
  return result;
}
