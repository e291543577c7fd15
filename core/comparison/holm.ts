/**
 * Holm's step-down correction (1979): p-values that may each be compared with α while the chance of any false alarm
 * among all of them stays below α. Equals `statsmodels.stats.multitest.multipletests(p, method="holm")`.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, pValues[index]! * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
