/** A text that can be made again at any time. */
export interface CacheFile {
  /** The text as it was written; undefined when there is none, or it is damaged. */
  read(): Promise<string | undefined>;
  /** Replaces the text. A place that cannot be written is no error. */
  write(text: string): Promise<void>;
}
