import type { MetricInput } from './metric.ts';

/** Weights of rows by class: of it, decided for it, and both. */
export interface Confusion {
  readonly total: number;
  /** Weight of the rows decided right. */
  readonly right: number;
  /** nClasses each. */
  readonly actual: Float64Array;
  readonly decided: Float64Array;
  readonly hits: Float64Array;
  /** Classes that some row is of or was decided for, ascending. */
  readonly occurring: readonly number[];
}

export function confusionOf({ target, predictedClass, nClasses, weights }: MetricInput): Confusion {
  const actual = new Float64Array(nClasses);
  const decided = new Float64Array(nClasses);
  const hits = new Float64Array(nClasses);
  const occurs = new Uint8Array(nClasses);
  let total = 0;
  let right = 0;
  for (let row = 0; row < target.length; row++) {
    const weight = weights?.[row] ?? 1;
    const label = target[row]!;
    const choice = predictedClass[row]!;
    total += weight;
    actual[label]! += weight;
    decided[choice]! += weight;
    occurs[label] = occurs[choice] = 1;
    if (label !== choice) continue;
    hits[label]! += weight;
    right += weight;
  }
  const occurring = Array.from(occurs.keys()).filter((label) => occurs[label] === 1);
  return { total, right, actual, decided, hits, occurring };
}

/** Rows of the rarest class less one: what a rare class really has to tell. At least 1. */
export function rarestClassDf(target: Float64Array): number {
  const counts = new Map<number, number>();
  for (const label of target) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(1, Math.min(...counts.values()) - 1);
}
