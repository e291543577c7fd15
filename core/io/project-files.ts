import { isAbsolute, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { ProjectFiles } from '../ports/project-files.ts';
import { sortByBytes } from '../table/table.ts';
import { fileExists, readBytes, writeFileAtomic } from './files.ts';

/** The files of the project at `root`; errors name them as the user did. */
export function createProjectFiles(root: string): ProjectFiles {
  const at = (path: string) => (isAbsolute(path) ? path : resolve(root, path));
  return {
    read: (path) => readBytes(at(path)),
    exists: (path) => fileExists(at(path)),
    list: async (pattern) => {
      if (await fileExists(at(pattern))) return [pattern];
      const found = await glob(pattern.replaceAll('\\', '/'), { cwd: root, expandDirectories: false });
      return sortByBytes(found);
    },
    write: (path, bytes) => writeFileAtomic(at(path), bytes),
  };
}
