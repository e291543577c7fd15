/** The file of a journal, whoever keeps it. */
export interface JournalFile {
  /** As a person would name it. */
  readonly path: string;
  /** Its text; empty where there is no such file. */
  read(): Promise<string>;
  /** Adds to its end, and makes it where there is none. */
  append(text: string): Promise<void>;
}
