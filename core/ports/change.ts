import type { NoCommit } from './commit-tree.ts';
import type { History } from './history.ts';

/** The commit that is worked on, and what it will be merged into. */
interface Head {
  /** Null before the first commit, and without a repository. */
  readonly sha: string | null;
  /** Why there is none, where a person works. */
  readonly noCommit?: NoCommit | null;
  readonly branch: string | null;
  /** Whether tracked files differ from the commit. */
  readonly dirty: boolean;
  /**
   * Commits or branches that it will be merged into; of several, the one it left last counts. Empty: it is of the default
   * branch itself.
   */
  readonly into: readonly string[];
  /** Null when it is unknown. */
  readonly defaultBranch: string | null;
}

/** What a command works on: a change under review, the default branch itself, or a person's working tree. */
export interface Change {
  readonly place: 'pull_request' | 'merge_group' | 'default_branch' | 'branch' | 'laptop';
  /** Of a pull request its own head, where its merge is what is checked out. */
  readonly headSha: string | null;
  /** The workflow run to look at; null on a laptop. */
  readonly runUrl: string | null;
  readonly workflow: { readonly runId: number; readonly attempt: number } | null;
  /** Only those who were let in can read the repository. What is not known to be private is not. */
  readonly isPrivate: boolean;
  readonly history: History;
  head(): Promise<Head>;
  /**
   * The project file of the commit that sets the rules: its text, undefined where that commit has none. Null where nothing
   * but the change itself sets them.
   */
  baseFile(): Promise<{ readonly path: string; readonly text: string | undefined } | null>;
}
