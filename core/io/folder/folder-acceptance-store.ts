import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { ACCEPTED, type AcceptanceStore, formatAcceptances, readAcceptances } from '../../tracking/acceptance.ts';
import { writeFileAtomic } from '../files.ts';

/** Acceptances as files below `<root>/accepted/`. */
export function createFolderAcceptanceStore(root: string): AcceptanceStore {
  return {
    description: `folder ${root}`,
    async put(acceptances) {
      for (const [path, text] of formatAcceptances(acceptances)) await writeFileAtomic(join(root, path), text);
    },
    async list() {
      const paths = await glob(`${ACCEPTED}/*/*/*.json`, { cwd: root });
      const files = paths.map(async (path) => ({
        path,
        text: await readFile(join(root, path), 'utf8').catch(() => undefined),
      }));
      return readAcceptances(await Promise.all(files));
    },
  };
}
