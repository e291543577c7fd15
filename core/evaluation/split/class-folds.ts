import { combine, type Hash64, hashNumber, hashText } from '../../random/hash.ts';
import type { SplitInput } from './split.ts';
import { unitFolds } from './unit-folds.ts';

/**
 * The fold of each row, 0…`nFolds` − 1. Within each class (all rows when `nClasses` is 0) rows sorted by hash(identity, dataset) are
 * cut into consecutive blocks of equal size. So folds hold the same share of every class, need no stored state, and an added row
 * moves others only at the borders of blocks. Rows that equal each other are spread over folds like any others.
 */
export function classFolds(
  options: Pick<SplitInput, 'dataset' | 'keys' | 'target' | 'nClasses'> & { readonly nFolds: number },
): Uint8Array {
  const places = rowPlaces(options);
  const units = places.map((place, row) => ({ rows: [row], place }));
  return unitFolds(units, { ...options, nRows: units.length }).folds;
}

/**
 * Where each row stands among the others: a hash of its identity and the dataset. Rows of one key and target are told apart by their
 * number, so that it does not matter which of them comes first in the file. Of classes the number goes on from one class to the next:
 * a class may be called by another number tomorrow, and rows of the same place would share a fold whatever their classes. A model then
 * would never have learned the one without the other, and any target look better than it can be predicted.
 */
export function rowPlaces({ dataset, keys, target, nClasses }: Parameters<typeof classFolds>[0]): Hash64[] {
  const salt = hashText(dataset);
  const order = Uint32Array.from(keys.keys());
  order.sort((a, b) => keys[a]! - keys[b]! || target[a]! - target[b]! || a - b);
  const places = new Array<Hash64>(keys.length);
  let occurrence = 0;
  for (const [i, row] of order.entries()) {
    const last = order[i - 1];
    const isSame = last !== undefined && keys[last] === keys[row] && (nClasses > 0 || target[last] === target[row]);
    occurrence = isSame ? occurrence + 1 : 0;
    const identity = nClasses > 0 ? [] : [hashNumber(target[row]!)];
    places[row] = combine([salt, hashNumber(keys[row]!), ...identity, hashNumber(occurrence)]);
  }
  return places;
}
