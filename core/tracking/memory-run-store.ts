import {
  formatRunFiles,
  holdsOther,
  idTaken,
  indexRunFile,
  listIndexed,
  listRunFiles,
  readRunFile,
  runPaths,
} from './run-files.ts';
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
        Array.from(filter?.ids ? runPaths(filter.ids) : files.keys(), (path) => ({
          path,
          text: files.get(path),
        })).flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])),
        filter,
      );
    },
    async summaries() {
      return listIndexed(Array.from(files, ([path, text]) => indexRunFile({ path, text })));
    },
  };
}
