/** The user's files, by path relative to the project. */
export interface ProjectFiles {
  /** @throws DataError or StoreError that says what to do when there is no such file. */
  read(path: string): Promise<Uint8Array>;
  /**
   * The bytes of a table: what `read` gives, or, where that is a Git LFS pointer and this place can fetch, what the pointer names.
   *
   * @throws as `read`, and DataError when the content cannot be had.
   */
  readTable(path: string): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** The file at a path, or those a pattern matches, sorted by the bytes of their names; nothing where nothing is. */
  list(pattern: string): Promise<string[]>;
  /** Writes the whole file or nothing, folders included. */
  write(path: string, bytes: string | Uint8Array): Promise<void>;
  /** Adds to the end of a file and flushes it to disk; makes the file, folders included, where there is none. */
  append(path: string, text: string): Promise<void>;
}

/** Files that tables are read from. */
export type TableFiles = Pick<ProjectFiles, 'read' | 'readTable' | 'exists' | 'list'>;
