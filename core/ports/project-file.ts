/** The file that describes a project, `mlops.yml`. */
export interface ProjectFile {
  /** As the user named it, for messages. */
  readonly path: string;
  /** Its path from the project's folder. */
  readonly inProject: string;
  /** Its text; undefined when there is no such file. */
  /** A path that a person wrote, relative to where they stand, as this file names it. */
  named(path: string): string;
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}
