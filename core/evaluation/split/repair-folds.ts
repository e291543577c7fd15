/**
 * Moves units until no fold is empty and, where there are enough of them, none holds a single class. Folds that are neither are left
 * as they are. Each move takes the smallest unit that helps from the fold that has most to give, the last of equal ones.
 *
 * @param units rows that stay together. @param folds per unit; changed in place.
 */
export function repairFolds(
  units: readonly { readonly rows: readonly number[] }[],
  folds: Uint8Array,
  options: { readonly classOf: (row: number) => number; readonly nClasses: number; readonly nFolds: number },
): void {
  const { classOf, nClasses, nFolds } = options;
  const held = Array.from({ length: nFolds }, () => new Float64Array(nClasses));
  const nUnits = new Float64Array(nFolds);
  for (const [u, { rows }] of units.entries()) {
    nUnits[folds[u]!]!++;
    for (const row of rows) held[folds[u]!]![classOf(row)]!++;
  }
  const wanted = Math.min(2, nClasses);
  for (let fold = 0; fold < nFolds; fold++) {
    // An empty fold takes two moves to hold two classes.
    while (classesIn(held[fold]!) < wanted) {
      const unit =
        bestUnit(units, folds, { fold, held, nUnits, classOf }) ??
        // An empty fold is worse than one with a single class.
        (nUnits[fold] === 0 ? smallestUnit(units, folds, nUnits) : undefined);
      if (unit === undefined) break;
      const from = folds[unit]!;
      for (const row of units[unit]!.rows) {
        held[from]![classOf(row)]!--;
        held[fold]![classOf(row)]!++;
      }
      nUnits[from]!--;
      nUnits[fold]!++;
      folds[unit] = fold;
    }
  }
}

/** The unit that brings a fold rows of a class it lacks, and leaves the fold it is taken from as many classes as that needs. */
function bestUnit(
  units: readonly { readonly rows: readonly number[] }[],
  folds: Uint8Array,
  state: {
    readonly fold: number;
    readonly held: readonly Float64Array[];
    readonly nUnits: Float64Array;
    readonly classOf: (row: number) => number;
  },
): number | undefined {
  const { fold, held, nUnits, classOf } = state;
  const lacking = held[fold]!.map((n) => Number(n === 0));
  const gives = held.map((each) => each.reduce((sum, n, k) => sum + n * lacking[k]!, 0));
  let best: number | undefined;
  for (const [unit, { rows }] of units.entries()) {
    const from = folds[unit]!;
    if (from === fold || nUnits[from]! < 2 || rows.every((row) => lacking[classOf(row)] === 0)) continue;
    if (best !== undefined) {
      const more = gives[from]! - gives[folds[best]!]!;
      if (more < 0 || (more === 0 && rows.length > units[best]!.rows.length)) continue;
    }
    const left = held[from]!.slice();
    for (const row of rows) left[classOf(row)]!--;
    if (classesIn(left) >= Math.min(2, classesIn(held[from]!))) best = unit;
  }
  return best;
}

/** The smallest unit of the fold with the most units, the last of equal ones; none where no fold has two. */
function smallestUnit(
  units: readonly { readonly rows: readonly number[] }[],
  folds: Uint8Array,
  nUnits: Float64Array,
): number | undefined {
  const from = nUnits.indexOf(Math.max(...nUnits));
  if (nUnits[from]! < 2) return undefined;
  let smallest: number | undefined;
  for (const [unit, { rows }] of units.entries())
    if (folds[unit] === from && (smallest === undefined || rows.length <= units[smallest]!.rows.length))
      smallest = unit;
  return smallest;
}

function classesIn(counts: Float64Array): number {
  return counts.reduce((sum, n) => sum + Number(n > 0), 0);
}
