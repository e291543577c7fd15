import { StoreError } from '../errors/app-error.ts';
import type { AddOptions, RecordContent, RecordFiles } from '../ports/record-files.ts';
import { pathTaken } from './plan-addition.ts';
import { decodeAt, type RecordCodec } from './record-codec.ts';
import type { SkippedFile } from './skipped-files.ts';

/** What was found of one kind: its records in any order, and the files that could not be read, by path. */
export interface StoredRecords<T> {
  readonly records: readonly T[];
  /** Corrupt, foreign or of a newer schema: skipped, never fatal, always reported. */
  readonly skipped: readonly SkippedFile[];
}

/** Every record of a kind. */
export async function listRecords<T>(files: RecordFiles, codec: RecordCodec<T>): Promise<StoredRecords<T>> {
  const found = await files.list(codec.folder);
  const paths = found.map(({ path }) => path);
  return decodeFiles(codec, paths, await files.read(paths, codec.maxBytes));
}

/** The records at these paths, where there are any. */
export async function readRecords<T>(
  files: RecordFiles,
  codec: RecordCodec<T>,
  paths: readonly string[],
): Promise<StoredRecords<T>> {
  const contents = await files.read(paths, codec.maxBytes);
  return decodeFiles(
    codec,
    paths.filter((path) => contents.has(path)),
    contents,
  );
}

/**
 * The record at a path, or undefined.
 *
 * @throws StoreError when it cannot be read.
 */
export async function readRecord<T>(
  files: Pick<RecordFiles, 'read'>,
  codec: RecordCodec<T>,
  path: string,
): Promise<T | undefined> {
  const content = (await files.read([path], codec.maxBytes)).get(path);
  if (content === undefined) return undefined;
  if ('bytes' in content) return decodeAt(codec, path, content.bytes);
  throw new StoreError({ file: path, message: 'cannot be read', found: content.reason });
}

/**
 * Adds records, all or none. A record that is there already changes nothing.
 *
 * @throws StoreError when a record cannot be stored, or its place is taken by another content.
 */
export async function addRecords<T>(
  files: RecordFiles,
  codec: RecordCodec<T>,
  records: readonly T[],
  options: Pick<AddOptions, 'isDamaged'> = {},
): Promise<void> {
  const added = encodeRecords(codec, records);
  if (added.size > 0) await files.add(added, { message: messageOf(codec.kind, added.size), ...options });
}

/** Paths and bytes of records. @throws StoreError as `addRecords` does. */
export function encodeRecords<T>(codec: RecordCodec<T>, records: readonly T[]): Map<string, Uint8Array> {
  const added = new Map<string, Uint8Array>();
  for (const record of records) {
    const bytes = codec.encode(record);
    const path = codec.pathOf(record);
    const other = added.get(path);
    if (other && !(other.length === bytes.length && other.every((byte, i) => byte === bytes[i]))) throw pathTaken(path);
    added.set(path, bytes);
  }
  return added;
}

/** What a log says of an addition. No names: they are of users, and GitHub would link what looks like a reference. */
function messageOf(kind: string, added: number): string {
  return `Record ${added} ${kind}${added === 1 ? '' : 's'}\n`;
}

/** The record of a file, or why it is none. */
export function decodeFile<T>(
  codec: RecordCodec<T>,
  path: string,
  content: RecordContent | undefined,
): { readonly record: T } | { readonly reason: string } {
  if (content === undefined) return { reason: 'has no valid name, or was deleted' };
  if ('reason' in content) return content;
  try {
    return { record: decodeAt(codec, path, content.bytes) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { reason: describe(error) };
  }
}

function decodeFiles<T>(
  codec: RecordCodec<T>,
  paths: readonly string[],
  contents: ReadonlyMap<string, RecordContent>,
): StoredRecords<T> {
  const records: T[] = [];
  const skipped: SkippedFile[] = [];
  for (const path of paths) {
    const found = decodeFile(codec, path, contents.get(path));
    if ('record' in found) records.push(found.record);
    else skipped.push({ path, reason: found.reason });
  }
  return { records, skipped: byPath(skipped) };
}

/** Skipped files in the order of their paths. */
export function byPath(files: readonly SkippedFile[]): SkippedFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function describe(error: StoreError): string {
  const { place, message, found } = error.problems[0]!;
  return [place, message, found]
    .filter((part) => part !== undefined)
    .join(': ')
    .slice(0, 300);
}
