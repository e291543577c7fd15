import { formatRunFiles, holdsOther, idTaken, listRunFiles, readRunFile } from './run-files.ts';
import { isRunId, runPath } from './run-id.ts';
import type { RunStore } from './run-store.ts';

/** A store in memory. `files` are its files, path to text, to begin with or to look into. */
export function createMemoryRunStore(files: Map<string, string> = new Map()): RunStore {
  return {
    description: 'memory',
    async put(runs) {
      const added = formatRunFiles(runs);
      for (const [path, text] of added) if (holdsOther(files.get(path) ?? text, text)) throw idTaken(path);
      for (const [path, text] of added) files.set(path, text);
    },
    async get(id) {
      if (!isRunId(id)) return undefined;
      const path = runPath(id);
      const text = files.get(path);
      return text === undefined ? undefined : readRunFile(path, text);
    },
    async list(filter) {
      return listRunFiles(
        Array.from(files, ([path, text]) => ({ path, text })),
        filter,
      );
    },
  };
}
