/**
 * Which rows are learned from (1) and which only tell when to stop (0): of each class, or of all rows of a regression, the
 * share with the smallest hashes, so that a row's part does not depend on the others' order. A class keeps a row to learn from.
 *
 * @returns null when the share is less than a row.
 */
export function heldOutRows(
  keys: Uint32Array,
  target: Float64Array,
  nClasses: number,
  share: number,
): Uint8Array | null {
  const learned = new Uint8Array(keys.length).fill(1);
  const groups = nClasses === 0 ? [undefined] : [...new Set(target)];
  for (const group of groups) {
    const rows = [...keys.keys()].filter((row) => group === undefined || target[row] === group);
    rows.sort((a, b) => keys[a]! - keys[b]! || a - b);
    for (const row of rows.slice(0, Math.min(rows.length - 1, Math.round(share * rows.length)))) learned[row] = 0;
  }
  return learned.includes(0) ? learned : null;
}
