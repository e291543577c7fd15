import type { Commits } from './commit-tree.ts';
import type { History } from './history.ts';

/** The commit that is worked on. */
export interface Head {
  /** Null before the first commit, and without a repository. */
  readonly sha: string | null;
  readonly branch: string | null;
}

/** What is judged, and by which commit's rules. */
export type Standing =
  /** A change, judged by the files of the base commit, and compared with its runs. */
  | {
      readonly kind: 'change';
      readonly base: string;
      /**
       * Why this commit is the base: it is the first parent of the merge, it is where the change left the branch, the merge queue names
       * it, or nothing is to be merged from here into a branch that sets rules, so that the default branch's head judges.
       */
      readonly how: 'merge_parent' | 'merge_base' | 'merge_group' | 'default_head' | 'uncommitted';
      /** The branch that the base commit is of; null where it is not known. */
      readonly into: string | null;
      /** Why a branch that seems to set rules does not: a sentence without a full stop. */
      readonly note?: string;
    }
  /** The own commit of a branch that sets rules: judged by its own, compared with the commit before it. */
  | {
      readonly kind: 'tracked_branch';
      readonly branch: string | null;
      /** Of a job for another commit than the one that is checked out, so that its runs are not recorded: a sentence that says so. */
      readonly instead?: string;
    }
  /** Nothing is to be merged, or there is no repository: trained, not judged. `why`: a sentence without a full stop. */
  | { readonly kind: 'not_judged'; readonly reason: 'nothing_to_merge'; readonly why: string }
  | { readonly kind: 'not_judged'; readonly reason: 'no_repository'; readonly why: string; readonly next: string }
  /** A change whose base commit is not in this clone. */
  | { readonly kind: 'without_base'; readonly reason: 'unrelated' | 'shallow' | 'no_default_branch' };

/** What a command works on: a change under review, the commit of a branch that sets rules, or a person's working tree. */
export interface Change {
  readonly place: 'pull_request' | 'merge_group' | 'branch' | 'laptop';
  /** Of a pull request its own head, where its merge is what is checked out. */
  readonly headSha: string | null;
  /** The workflow run to look at; null on a laptop. */
  readonly runUrl: string | null;
  readonly workflow: { readonly runId: number; readonly attempt: number } | null;
  /** Only those who were let in can read the repository. What is not known to be private is not. */
  readonly isPrivate: boolean;
  readonly history: History;
  readonly commits: Commits;
  head(): Promise<Head>;
  /** Whether any tracked file differs from the commit. */
  isDirty(): Promise<boolean>;
  /** The default branch and its newest commit, as GitHub or this clone has it; null where there is none. */
  defaultBranch(): Promise<{ readonly name: string; readonly sha: string } | null>;
  /**
   * @param tracked the branches that set rules: names, or patterns with `*`.
   * @param edited whether what is judged differs from the commit.
   * @throws AppError when it cannot be told, or what is checked out is something else.
   */
  standing(tracked: readonly string[], edited: boolean): Promise<Standing>;
}
