import { StoreError } from '../errors/app-error.ts';
import type { RecordFiles } from '../ports/record-files.ts';
import { encodeRecords, readRecord } from '../records/stored-records.ts';
import { isRunId } from '../tracking/run-id.ts';
import type { EvidenceStore } from './evidence.ts';
import { checkSameRows } from './evidence-checks.ts';
import { decodeEvidence, evidenceCodec, evidencePath, rowSetCodec, rowSetPath } from './evidence-codec.ts';

/**
 * Evidence in files: `evidence/<row set id>.rows` once per row set, `evidence/<run>.oof` per run. A run's evidence,
 * once put, is never rewritten.
 */
export function createEvidenceStore(files: RecordFiles): EvidenceStore {
  return {
    get: (run) => readEvidence(files, run),
    rows: (id) => readRows(files, id),
    async put(rowSet, evidence) {
      for (const one of evidence) checkSameRows(rowSet, one);
      const rows = encodeRecords(rowSetCodec, [rowSet]);
      const added = new Map([...rows, ...encodeRecords(evidenceCodec, evidence)]);
      await files.add(added, {
        message: `Record evidence of ${evidence.length === 1 ? '1 run' : `${evidence.length} runs`}\n`,
        // The name of rows is the digest of their content, so rows that differ are damaged.
        isDamaged: (path, kept) => rows.has(path) || isCorrupt(kept),
      });
    },
  };
}

/**
 * The evidence of a run and its rows, wherever their files lie; undefined when they are not there.
 *
 * @throws StoreError when they cannot be read.
 */
export async function readEvidence(files: Pick<RecordFiles, 'read'>, run: string): ReturnType<EvidenceStore['get']> {
  if (!isRunId(run)) return undefined;
  const evidence = await readRecord(files, evidenceCodec, evidencePath(run));
  const rowSet = evidence && (await readRecord(files, rowSetCodec, rowSetPath(evidence.rowSet)));
  if (!rowSet) return undefined;
  checkSameRows(rowSet, evidence);
  return { rowSet, evidence };
}

/**
 * Rows that are kept without predictions; undefined when they are not there.
 *
 * @throws StoreError when they cannot be read.
 */
export async function readRows(files: Pick<RecordFiles, 'read'>, id: string): ReturnType<EvidenceStore['rows']> {
  return /^[0-9a-f]{64}$/.test(id) ? readRecord(files, rowSetCodec, rowSetPath(id)) : undefined;
}

/** Whether a file of evidence is what a crash or a disk left, and no evidence of any version. */
function isCorrupt(bytes: Uint8Array): boolean {
  try {
    decodeEvidence(bytes);
    return false;
  } catch (error) {
    if (error instanceof StoreError) return /is corrupt/.test(error.message);
    throw error;
  }
}
