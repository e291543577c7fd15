import { StoreError } from '../errors/app-error.ts';

/** How records of one kind are stored: one file each, whose path and bytes follow from the record. */
export interface RecordCodec<T> {
  /** What one of them is called in messages: `run`. */
  readonly kind: string;
  /** The newest schema that this version reads, and the one it writes. Records of a newer schema are skipped and reported. */
  readonly schema: number;
  /** The folder that holds all of them. */
  readonly folder: string;
  /** Larger files are neither written nor read. */
  readonly maxBytes: number;
  pathOf(record: T): string;
  /** One record, one sequence of bytes. @throws StoreError when the record breaks the schema or is too large. */
  encode(record: T): Uint8Array;
  /**
   * The record in a file. Fields that this version does not know are kept.
   *
   * @param path names the file in messages.
   * @throws StoreError that says whether the file is corrupt or of a newer schema.
   */
  decode(bytes: Uint8Array, path?: string): T;
}

/**
 * The record in the file at `path`.
 *
 * @throws StoreError when it is corrupt, of a newer schema, or lies where another record belongs.
 */
export function decodeAt<T>(codec: RecordCodec<T>, path: string, bytes: Uint8Array): T {
  const record = codec.decode(bytes, path);
  const place = codec.pathOf(record);
  if (place === path) return record;
  throw new StoreError({ file: path, message: `this ${codec.kind} belongs elsewhere`, found: place });
}

/** The error for a record that a later version wrote. */
export function newerSchema(kind: string, found: number, allowed: number, path?: string): StoreError {
  return new StoreError({
    ...(path === undefined ? {} : { file: path }),
    message: `${kind} record has a newer schema`,
    found: `schema ${found}`,
    allowed: `schema ${allowed}`,
    next: 'use the version of mlops-action that wrote it, or a later one',
  });
}
