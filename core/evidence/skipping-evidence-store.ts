import { StoreError } from '../errors/app-error.ts';
import type { SkippedFile } from '../records/skipped-files.ts';
import type { EvidenceStore } from './evidence.ts';

/** A store whose files, where they cannot be read (damaged, foreign, of a newer version), count as absent and are reported once. */
export function skippingEvidenceStore<Store extends Pick<EvidenceStore, 'get'>>(
  store: Store,
  skipped: SkippedFile[],
): Store {
  return {
    ...store,
    async get(run: string) {
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
