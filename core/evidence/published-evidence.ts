import { sha256Hex } from '../random/sha256.ts';
import type { Evidence, RowSet } from './evidence.ts';
import { encodeEvidence, encodeRowSet, evidencePath, rowSetId, rowSetPath } from './evidence-codec.ts';

/**
 * A run's evidence as it is published: predictions, folds and keys; no targets, no places in the file, no values of columns, and
 * nothing that this version does not know.
 */
export interface PublishedEvidence {
  /** Path to bytes: the row set, then the evidence. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Of the file of evidence, which names the row set by its content: so it stands for both. */
  readonly sha256: string;
}

export function publishEvidence({
  rowSet,
  evidence,
}: {
  readonly rowSet: RowSet;
  readonly evidence: Evidence;
}): PublishedEvidence {
  const { id: _id, target: _target, positions: _positions, slices: _slices, unknown: _rows, ...kept } = rowSet;
  const { targetDigest: _digest, ...contents } = kept;
  const { unknown: _predictions, withoutAdded: _twice, ...known } = evidence;
  const rows: RowSet = { id: rowSetId(contents), ...contents };
  const bytes = encodeEvidence({ ...known, rowSet: rows.id });
  return {
    files: new Map([
      [rowSetPath(rows.id), encodeRowSet(rows)],
      [evidencePath(evidence.run), bytes],
    ]),
    sha256: sha256Hex(bytes),
  };
}
