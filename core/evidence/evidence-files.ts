import { StoreError } from '../errors/app-error.ts';
import { isRunId } from '../tracking/run-id.ts';
import type { EvidenceStore } from './evidence.ts';
import { checkSameRows } from './evidence-checks.ts';
import { decodeEvidence, decodeRowSet, encodeEvidence, encodeRowSet } from './evidence-codec.ts';

/** Where the files of evidence lie: a folder, a Map, an unpacked artifact. Paths use `/`. */
export interface EvidenceFiles {
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes the whole file or nothing. */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/** Where the file of a row set lies, by its id. */
export function rowSetPath(id: string): string {
  return `evidence/${id}.rows`;
}

/** Where a run's evidence lies. */
export function evidencePath(run: string): string {
  return `evidence/${run}.oof`;
}

/**
 * Evidence in files: `evidence/<row set id>.rows` once per row set, `evidence/<run>.oof` per run. A run's evidence,
 * once put, is never rewritten.
 */
export function createEvidenceStore(files: EvidenceFiles): EvidenceStore {
  return {
    async put(rowSet, evidence) {
      const added = new Map<string, Uint8Array>();
      for (const one of evidence) {
        checkSameRows(rowSet, one);
        const path = evidencePath(one.run);
        const bytes = encodeEvidence(one);
        const kept = added.get(path) ?? (await files.read(path));
        if (kept && !sameBytes(kept, bytes) && !isDamaged(kept)) {
          throw new StoreError({ file: path, message: 'the run has other evidence already; it is never rewritten' });
        }
        if (!kept || !sameBytes(kept, bytes)) added.set(path, bytes);
      }
      const rowBytes = encodeRowSet(rowSet);
      const rowPath = rowSetPath(rowSet.id);
      const keptRows = await files.read(rowPath);
      // The name is the content's digest, so a file that differs is damaged: this mends it.
      if (!keptRows || !sameBytes(keptRows, rowBytes)) await files.write(rowPath, rowBytes);
      for (const [path, bytes] of added) await files.write(path, bytes);
    },

    async get(run) {
      if (!isRunId(run)) return undefined;
      const path = evidencePath(run);
      const bytes = await files.read(path);
      if (!bytes) return undefined;
      const evidence = decodeEvidence(bytes, path);
      if (evidence.run !== run) throw misplaced(path, `run ${evidence.run}`);
      const rowPath = rowSetPath(evidence.rowSet);
      const rowBytes = await files.read(rowPath);
      if (!rowBytes) return undefined;
      const rowSet = decodeRowSet(rowBytes, rowPath);
      if (rowSet.id !== evidence.rowSet) throw misplaced(rowPath, `row set ${rowSet.id}`);
      checkSameRows(rowSet, evidence);
      return { rowSet, evidence };
    },
  };
}

function misplaced(file: string, found: string): StoreError {
  return new StoreError({ file, message: 'holds what belongs elsewhere', found });
}

/** Whether a file of evidence is what a crash left, and no evidence of any version. */
function isDamaged(bytes: Uint8Array): boolean {
  try {
    decodeEvidence(bytes);
    return false;
  } catch (error) {
    if (error instanceof StoreError) return /is corrupt/.test(error.message);
    throw error;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
