import { type Dirent, readdirSync, statSync } from 'node:fs';
import { constants, copyFile, link, lstat, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../errors/app-error.ts';
import type { RecordContent, RecordFiles } from '../../ports/record-files.ts';
import { checkPaths, planAddition } from '../../records/plan-addition.ts';
import { isRecordPath } from '../../records/record-path.ts';
import { errorCode, withTemporaryFile, writeError, writeFileAtomic } from '../files.ts';

// Folders and stamps are read without the detour over threads: of ten thousand files that takes a fourth of the time.

/** Files open at once: a process may have few. */
const OPEN_FILES = 64;

/**
 * Records as files below the folder `root`, which is made with the first of them. Of two writers of one path, one wins and the other
 * is refused. Links are neither read nor followed by what is written. A process that is killed while it adds several files may leave
 * some of them, each whole.
 */
export function createFolderRecordFiles(root: string): RecordFiles {
  return {
    description: `folder ${root}`,

    list: async (folder) => filesBelow(root, folder).map((path) => ({ path, stamp: stampOf(`${root}/${path}`) })),

    read: (paths, maxBytes) => readFiles(root, paths, maxBytes),

    async add(files, options) {
      checkPaths(files);
      const kept = await readFiles(root, [...files.keys()], Number.POSITIVE_INFINITY);
      const added = planAddition(files, kept, options);
      await refuseLinks(root, added.keys());
      const created: string[] = [];
      try {
        for (const [path, bytes] of added) {
          if (!kept.has(path) && (await createFile(join(root, path), bytes))) {
            created.push(path);
            continue;
          }
          // It is damaged, or another writer was faster.
          const other = await readFiles(root, [path], Number.POSITIVE_INFINITY);
          if (planAddition(new Map([[path, bytes]]), other, options).size > 0) {
            await writeFileAtomic(join(root, path), bytes);
          }
        }
      } catch (error) {
        for (const path of created) await rm(join(root, path), { force: true });
        throw error;
      }
    },
  };
}

/** Creates a file whole, or returns false when there is one. */
async function createFile(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await withTemporaryFile(path, bytes, async (temporary) => {
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

/** @throws StoreError when a folder below `root` that would be written to is a link. */
async function refuseLinks(root: string, paths: Iterable<string>): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) {
    if (!(await lstat(join(root, folder)).catch(() => undefined))?.isSymbolicLink()) continue;
    throw new StoreError({
      file: join(root, folder),
      message: 'is a link; records are not written through links',
      next: 'replace it by a folder',
    });
  }
}

/** Paths of the files below a folder of the place, with `/`; temporary files of writers at work are left out. */
function filesBelow(root: string, folder: string): string[] {
  if (!isRecordPath(folder)) return [];
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

async function readFiles(root: string, paths: readonly string[], maxBytes: number) {
  const contents = new Map<string, RecordContent>();
  for (let from = 0; from < paths.length; from += OPEN_FILES) {
    await Promise.all(
      paths.slice(from, from + OPEN_FILES).map(async (path) => {
        const content = await readOne(root, path, maxBytes);
        if (content) contents.set(path, content);
      }),
    );
  }
  return contents;
}

async function readOne(root: string, path: string, maxBytes: number): Promise<RecordContent | undefined> {
  if (!isRecordPath(path)) return undefined;
  try {
    const file = await lstat(join(root, path));
    if (!file.isFile()) return { reason: 'not a file' };
    if (file.size > maxBytes) return { reason: `larger than ${maxBytes} bytes` };
    return { bytes: await readFile(join(root, path)) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    return { reason: `cannot be read (${errorCode(error)})` };
  }
}
