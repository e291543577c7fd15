import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../errors/app-error.ts';
import type { EvidenceStore } from '../../evidence/evidence.ts';
import { createEvidenceStore, type EvidenceFiles } from '../../evidence/evidence-files.ts';
import { errorCode, writeFileAtomic } from '../files.ts';

/** Evidence as files below `<root>/evidence/`; the folder is made with the first. */
export function createFolderEvidenceStore(root: string): EvidenceStore {
  return createEvidenceStore(createFolderFiles(root));
}

function createFolderFiles(root: string): EvidenceFiles {
  return {
    async read(path) {
      try {
        return await readFile(join(root, path));
      } catch (cause) {
        if (errorCode(cause) === 'ENOENT') return undefined;
        throw new StoreError({ file: join(root, path), message: `cannot be read (${errorCode(cause)})` }, { cause });
      }
    },
    write: (path, bytes) => writeFileAtomic(join(root, path), bytes),
  };
}
