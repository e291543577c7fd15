import { StoreError } from '../errors/app-error.ts';
import type { SkippedFile } from '../tracking/skipped-files.ts';
import type { EvidenceStore } from './evidence.ts';

/** A store whose files, where they cannot be read (damaged, foreign, of a newer version), count as absent and are reported once. */
export function skippingEvidenceStore(store: EvidenceStore, skipped: SkippedFile[]): EvidenceStore {
  return {
    put: (rowSet, evidence) => store.put(rowSet, evidence),
    async get(run) {
      try {
        return await store.get(run);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        const { file = `evidence of run ${run}`, message, found } = error.problems[0]!;
        const reason = found === undefined ? message : `${message}: ${found}`;
        if (!skipped.some(({ path }) => path === file)) skipped.push({ path: file, reason });
        return undefined;
      }
    },
  };
}
