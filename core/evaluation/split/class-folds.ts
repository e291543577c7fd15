import { combine, hashNumber, hashText } from '../../random/hash.ts';
import type { SplitInput } from './split.ts';

/**
 * The fold of each row, 0…`nFolds` − 1. Within each class (all rows when `nClasses` is 0) rows sorted by
 * hash(key, dataset) are cut into consecutive blocks of equal size, never between rows of one key. So folds hold the
 * same share of every class, need no stored state, and an added row moves others only at the borders of blocks.
 */
export function classFolds(
  options: Pick<SplitInput, 'dataset' | 'keys' | 'target' | 'nClasses'> & { readonly nFolds: number },
): Uint8Array {
  const { dataset, keys, target, nClasses, nFolds } = options;
  const salt = hashText(dataset);
  const places = keys.map((key) => {
    const { high, low } = combine([salt, hashNumber(key)]);
    return high * 0x200000 + (low >>> 11);
  });
  const folds = new Uint8Array(keys.length);
  for (let label = 0; label < Math.max(1, nClasses); label++) {
    const rows = Uint32Array.from(keys.keys()).filter((row) => nClasses === 0 || target[row] === label);
    rows.sort((a, b) => places[a]! - places[b]! || keys[a]! - keys[b]!);
    let start = 0;
    for (let fold = 0; fold < nFolds; fold++) {
      let end = Math.max(start, Math.round(((fold + 1) * rows.length) / nFolds));
      while (end > 0 && end < rows.length && keys[rows[end]!] === keys[rows[end - 1]!]) end++;
      for (let i = start; i < end; i++) folds[rows[i]!] = fold;
      start = end;
    }
  }
  return folds;
}
