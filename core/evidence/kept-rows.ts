import { combine, hashNumber, hashText } from '../random/hash.ts';
import type { RowSet } from './evidence.ts';
import { rowSetId } from './evidence-codec.ts';

/**
 * What is kept of the rows of a run whose predictions are not: hashes of their identities, contents and labels, no targets and no places in
 * the file. So it is still known of each row whether it is gone, relabelled or edited.
 */
export function keptRows(rowSet: RowSet): RowSet {
  const { id: _id, target: _target, positions: _positions, slices: _slices, unknown: _unknown, ...kept } = rowSet;
  const labels = labelsOf(rowSet);
  const contents = { ...kept, ...(labels && { labels }) };
  return { id: rowSetId(contents), ...contents };
}

/** Hashes of 40 bits over the key and the target of each row; null where targets are not known. */
export function labelsOf({ labels, target, keys, classes }: RowSet): Float64Array | null {
  if (labels) return labels;
  if (!target) return null;
  return Float64Array.from(target, (value, row) => {
    const label = classes.length === 0 ? hashNumber(value) : hashText(classes[value]!);
    const { high, low } = combine([hashNumber(keys[row]!), label]);
    return (high & 0xff) * 0x100000000 + low;
  });
}
