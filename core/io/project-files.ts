import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { DataError } from '../errors/app-error.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { sortByBytes } from '../table/table.ts';
import { appendToFile, fileExists, readBytes, writeFileAtomic } from './files.ts';
import { kindOf } from './process/written-file.ts';

/** The files of the project at `root`; errors name them as the user did. */
export function createProjectFiles(root: string): ProjectFiles {
  const at = (path: string) => (isAbsolute(path) ? path : resolve(root, path));
  return {
    async read(path) {
      const found = await stat(at(path)).catch(() => undefined);
      // A pipe or a device, also behind a link that somebody committed, would never end.
      if (found && !found.isFile() && !found.isDirectory()) {
        throw new DataError({
          file: path,
          message: 'is not a regular file',
          found: kindOf(found),
          next: 'name a file of the project',
        });
      }
      return readBytes(at(path));
    },
    exists: (path) => fileExists(at(path)),
    list: async (pattern) => {
      if (await fileExists(at(pattern))) return [pattern];
      const found = await glob(pattern.replaceAll('\\', '/'), { cwd: root, expandDirectories: false });
      return sortByBytes(found);
    },
    write: (path, bytes) => writeFileAtomic(at(path), bytes),
    append: (path, text) => appendToFile(at(path), text),
  };
}
