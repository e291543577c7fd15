import { describeEvidenceStore } from './evidence-store.contract.ts';
import { createMemoryEvidenceStore } from './memory-evidence-store.ts';

describeEvidenceStore('memory evidence store', async () => {
  const files = new Map<string, Uint8Array>();
  return {
    store: createMemoryEvidenceStore(files),
    files: {
      read: async (path) => files.get(path),
      write: async (path, bytes) => {
        files.set(path, bytes);
      },
    },
  };
});
