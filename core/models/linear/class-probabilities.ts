import { exp } from '../../stats/elementary.ts';

/**
 * nSamples × nClasses probabilities from scores of the classes `present`: none for one class, one set for two (the score
 * of the second), one set each for more. Other classes have probability 0.
 */
export function classProbabilities(
  scores: readonly Float64Array[],
  nSamples: number,
  nClasses: number,
  present: readonly number[],
): Float64Array {
  const result = new Float64Array(nSamples * nClasses);
  if (scores.length === 0) for (let at = present[0]!; at < result.length; at += nClasses) result[at] = 1;
  else if (scores.length === 1) writePairs(scores[0]!, result, nClasses, present);
  else writeShares(scores, result, nClasses, present);
  return result;
}

/** Two classes: 1/(1 + e^±score). */
function writePairs(scores: Float64Array, result: Float64Array, nClasses: number, present: readonly number[]): void {
  const [first, second] = present as [number, number];
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const e = exp(-Math.abs(score));
    result[row * nClasses + first] = (score > 0 ? e : 1) / (1 + e);
    result[row * nClasses + second] = (score > 0 ? 1 : e) / (1 + e);
  }
}

/** More classes: e^score over the sum of them, the largest score taken off first. */
function writeShares(
  scores: readonly Float64Array[],
  result: Float64Array,
  nClasses: number,
  present: readonly number[],
): void {
  const parts = new Float64Array(present.length);
  for (let row = 0; row < scores[0]!.length; row++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (const each of scores) largest = Math.max(largest, each[row]!);
    let total = 0;
    for (let i = 0; i < parts.length; i++) total += parts[i] = exp(scores[i]![row]! - largest);
    for (let i = 0; i < parts.length; i++) result[row * nClasses + present[i]!] = parts[i]! / total;
  }
}
