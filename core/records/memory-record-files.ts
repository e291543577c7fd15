import type { RecordContent, RecordFiles } from '../ports/record-files.ts';
import { checkPaths, planAddition } from './plan-addition.ts';

/** Records in memory. `files` are the files, path to bytes, to begin with or to look into; a content is replaced, never changed. */
export function createMemoryRecordFiles(files: Map<string, Uint8Array> = new Map()): RecordFiles {
  const stamps = new WeakMap<Uint8Array, string>();
  let last = 0;
  const stampOf = (bytes: Uint8Array) => {
    const stamp = stamps.get(bytes) ?? String(++last);
    stamps.set(bytes, stamp);
    return stamp;
  };
  const contentsOf = (paths: Iterable<string>, maxBytes: number) => {
    const contents = new Map<string, RecordContent>();
    for (const path of paths) {
      const bytes = files.get(path);
      if (!bytes) continue;
      const isLarge = bytes.length > maxBytes;
      contents.set(path, isLarge ? { reason: `larger than ${maxBytes} bytes` } : { bytes: bytes.slice() });
    }
    return contents;
  };
  return {
    description: 'memory',
    async list(folder) {
      return Array.from(files, ([path, bytes]) => ({ path, stamp: stampOf(bytes) })).filter(({ path }) =>
        path.startsWith(`${folder}/`),
      );
    },
    read: async (paths, maxBytes) => contentsOf(paths, maxBytes),
    async add(added, options) {
      checkPaths(added);
      const kept = contentsOf(added.keys(), Number.POSITIVE_INFINITY);
      for (const [path, bytes] of planAddition(added, kept, options)) files.set(path, bytes.slice());
    },
  };
}
