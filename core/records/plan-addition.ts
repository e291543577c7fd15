import { StoreError } from '../errors/app-error.ts';
import type { AddOptions, RecordContent } from '../ports/record-files.ts';
import { isRecordPath } from './record-path.ts';

/**
 * The files of an addition that have to be written, in the order given.
 *
 * @param kept what the place holds at these paths.
 * @throws StoreError when a path is taken by other content.
 */
export function planAddition(
  files: ReadonlyMap<string, Uint8Array>,
  kept: ReadonlyMap<string, RecordContent>,
  { isDamaged = () => false }: Pick<AddOptions, 'isDamaged'>,
): Map<string, Uint8Array> {
  const written = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) {
    const found = kept.get(path);
    if (found === undefined) {
      written.set(path, bytes);
      continue;
    }
    if (!('bytes' in found)) throw new StoreError({ file: path, message: 'cannot be added', found: found.reason });
    const isBeginning = found.bytes.length <= bytes.length && found.bytes.every((byte, i) => byte === bytes[i]);
    if (isBeginning && found.bytes.length === bytes.length) continue;
    if (!isBeginning && !isDamaged(path, found.bytes)) throw pathTaken(path);
    written.set(path, bytes);
  }
  return written;
}

/** The error for a record whose place other content has. */
export function pathTaken(path: string): StoreError {
  return new StoreError({
    file: path,
    message: 'already exists with other content; a record is never rewritten',
    next: 'store it under a new id',
  });
}

/** @throws StoreError when a file may not be added, so that no path can lead out of the place. */
export function checkPaths(files: ReadonlyMap<string, Uint8Array>): void {
  for (const path of files.keys()) {
    if (isRecordPath(path)) continue;
    throw new StoreError({
      message: 'not a valid path of a record',
      found: JSON.stringify(path.slice(0, 200)),
      allowed: 'names of letters, digits, "_", "." and "-", joined by "/"',
    });
  }
}
