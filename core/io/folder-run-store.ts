import { constants, copyFile, link, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors/app-error.ts';
import { MAX_RUN_BYTES } from '../tracking/run-codec.ts';
import { formatRunFiles, holdsOther, idTaken, listRunFiles, type RunFile, readRunFile } from '../tracking/run-files.ts';
import { isRunId, runPath } from '../tracking/run-id.ts';
import type { RunStore } from '../tracking/run-store.ts';
import { errorCode, withTemporaryFile, writeError, writeFileAtomic } from './files.ts';

/**
 * Runs as files `<root>/runs/<yyyy>/<mm>/<dd>/<id>.json`. The folder is made with the first run. Several processes may
 * write at once: of two runs with one id, one wins and the other is refused.
 */
export function createFolderRunStore(root: string): RunStore {
  const read = async (path: string) => {
    try {
      return await readFile(join(root, path), 'utf8');
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT') return undefined;
      throw new StoreError({ file: join(root, path), message: `cannot be read (${errorCode(cause)})` }, { cause });
    }
  };

  return {
    description: `folder ${root}`,

    async put(runs) {
      const added = new Map<string, string>();
      for (const [path, text] of formatRunFiles(runs)) {
        const kept = await read(path);
        if (kept !== undefined && holdsOther(kept, text)) throw idTaken(path);
        if (kept !== text) added.set(path, text);
      }
      const created: string[] = [];
      try {
        for (const [path, text] of added) {
          if (await createFile(join(root, path), text)) created.push(path);
          else if (holdsOther((await read(path)) ?? '', text)) throw idTaken(path);
          else await writeFileAtomic(join(root, path), text);
        }
      } catch (error) {
        for (const path of created) await rm(join(root, path), { force: true });
        throw error;
      }
    },

    async get(id) {
      if (!isRunId(id)) return undefined;
      const path = runPath(id);
      const text = await read(path);
      return text === undefined ? undefined : readRunFile(path, text);
    },

    async list(filter) {
      const files: RunFile[] = [];
      for (const path of await filesBelow(root, 'runs')) files.push(await runFile(root, path));
      return listRunFiles(files, filter);
    },
  };
}

/** Creates a file whole, or returns false when there is one. */
async function createFile(path: string, text: string): Promise<boolean> {
  try {
    await withTemporaryFile(path, text, async (temporary) => {
      await link(temporary, path).catch((error) => {
        if (errorCode(error) === 'EEXIST') throw error;
        // Some file systems have no hard links; an exclusive copy is whole unless the machine stops in its midst.
        return copyFile(temporary, path, constants.COPYFILE_EXCL);
      });
    });
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST' && (await stat(path).catch(() => undefined))?.isFile()) return false;
    throw writeError(path, cause);
  }
}

/** Paths of the files below a folder of the store, with `/`; temporary files of writers at work are left out. */
async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((cause) => {
    if (errorCode(cause) === 'ENOENT') return [];
    throw new StoreError(
      { file: join(root, folder), message: `the folder cannot be read (${errorCode(cause)})` },
      { cause },
    );
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await filesBelow(root, path)));
    else if (!(entry.name.startsWith('.') && entry.name.endsWith('.tmp'))) paths.push(path);
  }
  return paths;
}

async function runFile(root: string, path: string): Promise<RunFile> {
  try {
    const file = await stat(join(root, path));
    if (!file.isFile()) return { path, reason: 'not a file' };
    if (file.size > MAX_RUN_BYTES) return { path, reason: 'run record is too large' };
    return { path, text: await readFile(join(root, path), 'utf8') };
  } catch (error) {
    return { path, reason: `cannot be read (${errorCode(error)})` };
  }
}
