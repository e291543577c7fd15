import type { EvidenceStore } from './evidence.ts';
import { createEvidenceStore } from './evidence-files.ts';

/** A store in memory. `files` are its files, path to bytes, to begin with or to look into. */
export function createMemoryEvidenceStore(files: Map<string, Uint8Array> = new Map()): EvidenceStore {
  return createEvidenceStore({
    read: async (path) => files.get(path),
    write: async (path, bytes) => {
      files.set(path, bytes);
    },
  });
}
