import { randomUUID } from 'node:crypto';
import { constants, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, DataError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';

/**
 * The bytes of a file.
 *
 * @throws DataError when the file does not exist, is a folder, or cannot be read.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw await readError(path, cause);
  }
}

/**
 * The text of a UTF-8 file, without a byte order mark.
 *
 * @throws DataError as `readBytes` does, or when the bytes are not UTF-8.
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError({ file: path, message: 'is not UTF-8 text', next: 'save it as UTF-8' }, { cause });
  }
}

/** Whether a file or folder exists at `path`. */
export async function fileExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Writes a file atomically: a reader sees the old content or the new one, never a part of it. Missing folders are created; an
 * existing file keeps its mode.
 *
 * @throws AppError when the file cannot be written.
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  try {
    const mode = await stat(path).then(
      (file) => file.mode,
      () => undefined,
    );
    await withTemporaryFile(path, data, (temporary) => rename(temporary, path), mode);
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/**
 * Adds text to the end of a file and flushes it to disk. A link is not followed: somebody may have committed one.
 *
 * @throws AppError when the file cannot be written.
 */
export async function appendToFile(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0),
    );
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/** Temporary files of a writer that was killed: hidden, with a name that no other program uses. */
const LEFTOVER = /^\..*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;
/** Hours after which a temporary file is abandoned. */
const ABANDONED_HOURS = 24;

/**
 * Writes `data` to a temporary file beside `path`, flushes it to disk and passes its name to `place`. The temporary file is
 * removed afterwards, whether `place` succeeded or not. So are temporary files older than a day in the same folder.
 */
export async function withTemporaryFile(
  path: string,
  data: string | Uint8Array,
  place: (temporary: string) => Promise<void>,
  mode?: number,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(data);
      if (mode !== undefined) await file.chmod(mode & 0o7777);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
  await removeLeftovers(dirname(path));
}

async function removeLeftovers(folder: string): Promise<void> {
  const before = Date.now() - ABANDONED_HOURS * 3_600_000;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!LEFTOVER.test(name)) continue;
    const file = join(folder, name);
    const written = await stat(file).catch(() => undefined);
    if (written && written.mtimeMs < before) await rm(file, { force: true }).catch(() => {});
  }
}

/** The code of a failed system call, such as `ENOENT`; undefined for other errors. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The user-facing error for a failed write. Errors that are not from a system call are returned unchanged. */
export function writeError(path: string, cause: unknown): unknown {
  const code = errorCode(cause);
  if (code === undefined || cause instanceof AppError) return cause;
  const reasons: Record<string, [message: string, next: string]> = {
    EISDIR: ['cannot be written: it is a folder', 'choose another name'],
    EEXIST: ['cannot be written: part of its path is a file, not a folder', 'choose another path'],
    ENOTDIR: ['cannot be written: part of its path is a file, not a folder', 'choose another path'],
    EACCES: ['cannot be written: permission denied', 'check the permissions of the folder'],
    EPERM: ['cannot be written: permission denied', 'check the permissions of the folder'],
    EROFS: ['cannot be written: the disk is read-only', 'choose another path'],
    ENOSPC: ['cannot be written: the disk is full', 'free some space'],
    ENAMETOOLONG: ['cannot be written: the name is too long', 'choose a shorter name'],
  };
  const [message, next] = reasons[code] ?? [`cannot be written (${code})`, 'check the path'];
  return new AppError({ file: path, message, next }, { cause });
}

/** The user-facing error for a failed read. Errors that are not from a system call are returned unchanged. */
export async function readError(path: string, cause: unknown): Promise<unknown> {
  const code = errorCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const near = suggest(basename(path), await readdir(dirname(path)).catch(() => []));
    const next = near === undefined ? 'check the path' : `did you mean "${join(dirname(path), near)}"?`;
    return new DataError({ file: path, message: 'file not found', next }, { cause });
  }
  const reasons: Record<string, [message: string, next: string]> = {
    EISDIR: ['is a folder, not a file', 'pass a file in it'],
    EACCES: ['cannot be read: permission denied', 'check the permissions of the file'],
    EPERM: ['cannot be read: permission denied', 'check the permissions of the file'],
    ENAMETOOLONG: ['cannot be read: the name is too long', 'check the path'],
    ERR_FS_FILE_TOO_LARGE: ['cannot be read: larger than 2 GiB', 'split the file'],
  };
  if (code === undefined) return cause;
  const [message, next] = reasons[code] ?? [`cannot be read (${code})`, 'check the path'];
  return new DataError({ file: path, message, next }, { cause });
}
