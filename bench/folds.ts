import { createRandom } from '../core/random/random.ts';

/** The fold of each row, drawn anew for each seed, with the same share of every class in each (nClasses 0: of all rows). */
export function drawFolds(target: Float64Array, nClasses: number, nFolds: number, seed: number): Float64Array {
  const random = createRandom(seed, 'bench-folds');
  const folds = new Float64Array(target.length);
  let next = 0;
  for (let label = 0; label < Math.max(1, nClasses); label++) {
    const rows = Uint32Array.from(target.keys()).filter((row) => nClasses === 0 || target[row] === label);
    for (const row of random.shuffle(rows)) folds[row] = next++ % nFolds;
  }
  return folds;
}

/** Rows of a fold, and the rows to learn from for it: those of all other folds; −1 is in no fold. */
export function rowsOf(folds: Float64Array, fold: number): { readonly train: Uint32Array; readonly test: Uint32Array } {
  const rows = Uint32Array.from(folds.keys());
  return {
    train: rows.filter((row) => folds[row]! >= 0 && folds[row] !== fold),
    test: rows.filter((row) => folds[row] === fold),
  };
}
