import { constants, type Stats } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { WrittenFile } from '../../ports/process-runner.ts';
import { errorCode, readError } from '../files.ts';

/**
 * Reads a file that a user's command has written. Links are not followed and only a regular file is opened: reading a named
 * pipe might never end, and a link could point to any file on the machine.
 *
 * @throws DataError when the file cannot be read.
 */
export async function readWrittenFile(path: string, maxBytes: number): Promise<WrittenFile> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return { kind: 'not_a_file', what: kindOf(found) };
    // The file may have been replaced since.
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const opened = await file.stat();
      if (!opened.isFile()) return { kind: 'not_a_file', what: kindOf(opened) };
      if (opened.size > maxBytes) return { kind: 'too_large', bytes: opened.size };
      const bytes = new Uint8Array(opened.size);
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return { kind: 'file', bytes: bytes.subarray(0, length) };
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
    if (code === 'ELOOP') return { kind: 'not_a_file', what: 'a symbolic link' };
    throw await readError(path, cause);
  }
}

/** The kind of a file system entry, in words. */
export function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return 'a symbolic link';
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a named pipe (FIFO)';
  if (found.isSocket()) return 'a socket';
  if (found.isFile()) return 'a regular file';
  return 'a device';
}
