/** A file of a place where records are kept; the stamp changes whenever the content does. */
export interface RecordFile {
  readonly path: string;
  readonly stamp: string;
}

/** What a file holds, or why it cannot be read. */
export type RecordContent = { readonly bytes: Uint8Array } | { readonly reason: string };

/**
 * A place that keeps records as files and that any number of writers share. It is append-only: a file, once added, is never
 * rewritten. Paths are relative and use `/` (`isRecordPath` says which are allowed). Every implementation passes one contract
 * suite, `core/records/record-files.contract.ts`.
 */
export interface RecordFiles {
  /** What the place is, for messages: `folder .mlops`, `branch runs of origin`. */
  readonly description: string;
  /**
   * The files below a folder, at any depth and in any order, as the place is now.
   *
   * @throws StoreError when the place cannot be read.
   */
  list(folder: string): Promise<readonly RecordFile[]>;
  /**
   * What the files hold, by path. A file that does not exist is left out. Files never change, so a file that `list` named may be
   * given as `list` saw it.
   *
   * @param maxBytes a larger file is not read; the reason says so.
   * @throws StoreError when the place cannot be read.
   */
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, RecordContent>>;
  /**
   * Adds all files or none. A file that is there with the same content stays as it is. A file that holds only the beginning of its
   * content, as a crash leaves it, is completed.
   *
   * @throws StoreError when a path is taken by other content, a path is not allowed, or the place cannot be written.
   */
  add(files: ReadonlyMap<string, Uint8Array>, options: AddOptions): Promise<void>;
}

export interface AddOptions {
  /** For places that keep a log: a title, an empty line, details. It holds no text that users or repositories wrote. */
  readonly message: string;
  /** Whether a file with other content is damaged, so that it may be replaced. By default none is. */
  readonly isDamaged?: (path: string, kept: Uint8Array) => boolean;
}
