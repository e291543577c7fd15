import type { RecordFiles } from '../ports/record-files.ts';
import type { SkippedFile } from '../records/skipped-files.ts';
import { addRecords, listRecords } from '../records/stored-records.ts';
import { type Acceptance, acceptanceCodec } from './acceptance.ts';

/** Where acceptances are kept: append-only, as runs are. */
export interface AcceptanceStore {
  readonly description: string;
  /** Adds acceptances, all or none. @throws StoreError when one breaks the schema, or the store cannot be written. */
  put(acceptances: readonly Acceptance[]): Promise<void>;
  /** Oldest first; what cannot be read is skipped and reported. */
  list(): Promise<{ readonly acceptances: readonly Acceptance[]; readonly skipped: readonly SkippedFile[] }>;
}

export function createAcceptanceStore(files: RecordFiles): AcceptanceStore {
  return {
    description: files.description,
    put: (acceptances) => addRecords(files, acceptanceCodec, acceptances),
    async list() {
      const { records, skipped } = await listRecords(files, acceptanceCodec);
      return { acceptances: [...records].sort((a, b) => (a.id < b.id ? -1 : 1)), skipped };
    },
  };
}
