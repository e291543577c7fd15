/**
 * The history of the user's repository, as far as this clone has it: what a shallow clone lacks is absent, never an
 * error. Commits may be given by any name git knows.
 */
export interface History {
  /** The best common ancestor of two commits; undefined when there is none or the clone does not reach it. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** The commit itself, then its first parents, newest first, at most `limit`; empty when it is unknown. */
  firstParents(sha: string, limit: number): Promise<readonly string[]>;
  /** Whether there may be older commits that this clone does not have. */
  isShallow(): Promise<boolean>;
  /** Text of a file as a commit has it; undefined when there is none. `path` is from the repository's root, with `/`. */
  fileAt(sha: string, path: string): Promise<string | undefined>;
  /** Paths that differ between two commits, a renamed file as both; undefined when one of the commits is unknown. */
  changedFiles(base: string, head: string): Promise<readonly string[] | undefined>;
}
