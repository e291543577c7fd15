import { isAbsolute, resolve } from 'node:path';
import type { ProjectFiles } from '../commands/ports.ts';
import { fileExists, readBytes, writeFileAtomic } from './files.ts';

/** The files of the project at `root`; errors name them as the user did. */
export function createProjectFiles(root: string): ProjectFiles {
  const at = (path: string) => (isAbsolute(path) ? path : resolve(root, path));
  return {
    read: (path) => readBytes(at(path)),
    exists: (path) => fileExists(at(path)),
    write: (path, bytes) => writeFileAtomic(at(path), bytes),
  };
}
