import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { constants, copyFile, link, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../errors/app-error.ts';
import { MAX_RUN_BYTES } from '../../tracking/run-codec.ts';
import {
  formatRunFiles,
  holdsOther,
  idTaken,
  listRunFiles,
  type RunFile,
  readRunFile,
  runPaths,
} from '../../tracking/run-files.ts';
import { isRunId, runPath } from '../../tracking/run-id.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { errorCode, withTemporaryFile, writeError, writeFileAtomic } from '../files.ts';
import { indexedRuns } from './run-index.ts';

// Folders and stamps are read without the detour over threads: of ten thousand files that takes a fourth of the time.

/** Files open at once: a process may have few. */
const OPEN_FILES = 64;

/**
 * Runs as files `<root>/runs/<yyyy>/<mm>/<dd>/<id>.json`. The folder is made with the first run. Several processes may
 * write at once: of two runs with one id, one wins and the other is refused. `<root>/runs.index` is made of the files, for
 * summaries; it may be deleted at any time.
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
      const paths = filter?.ids
        ? runPaths(filter.ids).filter((path) => existsSync(join(root, path)))
        : filesBelow(root, 'runs');
      return listRunFiles(await readRunFiles(root, paths), filter);
    },

    summaries: () =>
      indexedRuns({
        index: join(root, 'runs.index'),
        files: async () => filesBelow(root, 'runs').map((path) => ({ path, stamp: stampOf(`${root}/${path}`) })),
        read: (paths) => readRunFiles(root, paths),
      }),
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
function filesBelow(root: string, folder: string): string[] {
  const paths: string[] = [];
  const folders = [folder];
  for (const each of folders) {
    for (const entry of entriesOf(`${root}/${each}`)) {
      const path = `${each}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (!(entry.name.startsWith('.') && entry.name.endsWith('.tmp'))) paths.push(path);
    }
  }
  return paths;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw new StoreError({ file: folder, message: `the folder cannot be read (${errorCode(cause)})` }, { cause });
  }
}

/** Size and time of the last change. */
function stampOf(path: string): string {
  try {
    const { size, ctimeMs } = statSync(path);
    return `${size} ${ctimeMs}`;
  } catch (error) {
    return `${errorCode(error)}`;
  }
}

async function readRunFiles(root: string, paths: readonly string[]): Promise<RunFile[]> {
  const files: RunFile[] = [];
  for (let from = 0; from < paths.length; from += OPEN_FILES) {
    files.push(...(await Promise.all(paths.slice(from, from + OPEN_FILES).map((path) => runFile(root, path)))));
  }
  return files;
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
