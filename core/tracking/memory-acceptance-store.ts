import { type AcceptanceStore, formatAcceptances, readAcceptances } from './acceptance.ts';

/** Acceptances in memory. @param files what is there, by path. */
export function createMemoryAcceptanceStore(files: Map<string, string> = new Map()): AcceptanceStore {
  return {
    description: 'memory',
    async put(acceptances) {
      for (const [path, text] of formatAcceptances(acceptances)) files.set(path, text);
    },
    list: async () => readAcceptances(Array.from(files, ([path, text]) => ({ path, text }))),
  };
}
