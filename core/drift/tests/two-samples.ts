import type { NumericSamples } from './drift-test.ts';

/**
 * Visits the distinct values of two ascending samples, in ascending order. It takes numbers alone, since an object for each of a million values
 * would take most of the time.
 */
export function visitValues(
  { reference, current }: NumericSamples,
  visit: (
    value: number,
    /** How many values of each sample are smaller. */
    referenceBelow: number,
    currentBelow: number,
    /** How many are equal to it; of one sample at least one. */
    referenceEqual: number,
    currentEqual: number,
  ) => void,
): void {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  while (i < n || j < m) {
    const value = j === m || (i < n && reference[i]! <= current[j]!) ? reference[i]! : current[j]!;
    const fromI = i;
    const fromJ = j;
    while (i < n && reference[i] === value) i++;
    while (j < m && current[j] === value) j++;
    visit(value, fromI, fromJ, i - fromI, j - fromJ);
  }
}
