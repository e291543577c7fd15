import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { lfsObjectOf } from '../change/lfs-pointer.ts';
import { AppError, DataError } from '../errors/app-error.ts';
import type { LfsObjects } from '../ports/lfs-objects.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { sortByBytes } from '../table/table.ts';
import { appendToFile, fileExists, readBytes, writeFileAtomic } from './files.ts';
import { kindOf } from './process/written-file.ts';

/**
 * The files of the project at `root`; errors name them as the user did.
 *
 * @param lfs where tables come from that are Git LFS pointers; undefined where nobody fetches them.
 */
export function createProjectFiles(root: string, lfs?: LfsObjects): ProjectFiles {
  const at = (path: string) => (isAbsolute(path) ? path : resolve(root, path));
  const read: ProjectFiles['read'] = async (path) => {
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
  };
  return {
    read,
    async readTable(path) {
      const bytes = await read(path);
      const object = lfs && lfsObjectOf(bytes);
      if (!object) return bytes;
      return lfs.read(object).catch((error) => {
        if (!(error instanceof AppError)) throw error;
        throw new DataError(
          error.problems.map((problem) => ({ file: path, ...problem })),
          { cause: error },
        );
      });
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
