import { join } from 'node:path';
import type { EvidenceStore } from '../../evidence/evidence.ts';
import { createEvidenceStore } from '../../evidence/evidence-store.ts';
import { type AcceptanceStore, createAcceptanceStore } from '../../tracking/acceptance-store.ts';
import { createRunStore, type RunStore } from '../../tracking/run-store.ts';
import { createCacheFile } from '../cache-file.ts';
import { createFolderRecordFiles } from './folder-record-files.ts';

/**
 * Everything that is recorded in one folder: `.mlops/` on a laptop, an artifact in the making. `<root>/runs.index` is made of the
 * runs' files, for summaries; it may be deleted at any time.
 */
export function openFolderStores(root: string): {
  readonly runs: RunStore;
  readonly evidence: EvidenceStore;
  readonly acceptances: AcceptanceStore;
} {
  const files = createFolderRecordFiles(root);
  return {
    runs: createRunStore(files, createCacheFile(join(root, 'runs.index'))),
    evidence: createEvidenceStore(files),
    acceptances: createAcceptanceStore(files),
  };
}
