import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, DataError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';

/**
 * The bytes of a file.
 *
 * @throws DataError when there is no such file, it is a folder, or it may not be read.
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
 * @throws DataError as `readBytes` does, and when the bytes are not UTF-8.
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError({ file: path, message: 'is not UTF-8 text', next: 'save it as UTF-8' }, { cause });
  }
}

/** True when there is something at `path`, a file or a folder. */
export async function fileExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Writes a whole file or nothing: a reader sees the old content or the new one, never a part. Missing folders are made;
 * an existing file keeps its mode.
 *
 * @throws AppError when the place cannot be written.
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

/** What a writer that was killed leaves: hidden, and named as no other program names files. */
const LEFTOVER = /^\..*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;
/** Hours after which no writer is still at work. */
const ABANDONED_HOURS = 24;

/**
 * Writes `data` to a file beside `path`, flushed to disk, and hands its name to `place`; nothing of it is left when
 * that is done, whether it worked or not. What writers that were killed left there more than a day ago goes too.
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

/** The code of a failed system call: `ENOENT`, `EACCES`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a failed write is for the user. Errors that no system call made pass unchanged. */
export function writeError(path: string, cause: unknown): unknown {
  const code = errorCode(cause);
  if (code === undefined || cause instanceof AppError) return cause;
  const reasons: Record<string, [message: string, next: string]> = {
    EISDIR: ['cannot be written: it is a folder', 'choose another name'],
    EEXIST: ['cannot be written: a file stands where a folder is needed', 'choose another place'],
    ENOTDIR: ['cannot be written: a file stands where a folder is needed', 'choose another place'],
    EACCES: ['cannot be written: permission denied', 'check who owns the folder'],
    EPERM: ['cannot be written: permission denied', 'check who owns the folder'],
    EROFS: ['cannot be written: the disk is read-only', 'choose another place'],
    ENOSPC: ['cannot be written: the disk is full', 'free some space'],
    ENAMETOOLONG: ['cannot be written: the name is too long', 'choose a shorter name'],
  };
  const [message, next] = reasons[code] ?? [`cannot be written (${code})`, 'check the path'];
  return new AppError({ file: path, message, next }, { cause });
}

/** What a failed read is for the user. Errors that no system call made pass unchanged. */
export async function readError(path: string, cause: unknown): Promise<unknown> {
  const code = errorCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const near = suggest(basename(path), await readdir(dirname(path)).catch(() => []));
    const next = near === undefined ? 'check the path' : `did you mean "${join(dirname(path), near)}"?`;
    return new DataError({ file: path, message: 'there is no such file', next }, { cause });
  }
  const reasons: Record<string, [message: string, next: string]> = {
    EISDIR: ['is a folder, not a file', 'name a file in it'],
    EACCES: ['cannot be read: permission denied', 'check who owns the file'],
    EPERM: ['cannot be read: permission denied', 'check who owns the file'],
    ENAMETOOLONG: ['cannot be read: the name is too long', 'check the path'],
    ERR_FS_FILE_TOO_LARGE: ['cannot be read: larger than 2 GiB', 'split it'],
  };
  if (code === undefined) return cause;
  const [message, next] = reasons[code] ?? [`cannot be read (${code})`, 'check the path'];
  return new DataError({ file: path, message, next }, { cause });
}
