import type { NumericSamples } from './drift-test.ts';

/** A place where at least one of two ascending samples has a value. */
export interface SharedValue {
  readonly value: number;
  /** How many values of each sample are equal to it. */
  readonly equal: readonly [reference: number, current: number];
  /** How many are smaller. */
  readonly below: readonly [reference: number, current: number];
}

/** The distinct values of two ascending samples, in ascending order. */
export function* sharedValues({ reference, current }: NumericSamples): Generator<SharedValue> {
  let [i, j] = [0, 0];
  while (i < reference.length || j < current.length) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY);
    const below = [i, j] as const;
    while (i < reference.length && reference[i] === value) i++;
    while (j < current.length && current[j] === value) j++;
    yield { value, equal: [i - below[0], j - below[1]], below };
  }
}
