import { StoreError } from '../errors/app-error.ts';
import type { SkippedFile } from '../records/skipped-files.ts';
import type { EvidenceStore } from './evidence.ts';

/** A store whose files, where they cannot be read (damaged, foreign, of a newer version), count as absent and are reported once. */
export function skippingEvidenceStore<Store extends Pick<EvidenceStore, 'get' | 'rows'>>(
  store: Store,
  skipped: SkippedFile[],
): Store {
  async function orSkip<T>(what: string, read: Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const { file = what, message, found } = error.problems[0]!;
      const reason = found === undefined ? message : `${message}: ${found}`;
      if (!skipped.some(({ path }) => path === file)) skipped.push({ path: file, reason });
      return undefined;
    }
  }
  return {
    ...store,
    get: (run: string) => orSkip(`evidence of run ${run}`, store.get(run)),
    rows: (id: string) => orSkip(`rows ${id}`, store.rows(id)),
  };
}
