import { createMemoryRunStore } from './memory-run-store.ts';
import { describeRunStore } from './run-store.contract.ts';

describeRunStore('memory run store', async () => {
  const files = new Map<string, string>();
  return {
    store: createMemoryRunStore(files),
    plant: async (path, text) => {
      files.set(path, text);
    },
  };
});
