/** What a commit has at a path. */
export interface TreeEntry {
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** As git writes it: `100644`, `100755` (a file), `120000` (a symlink), `160000` (a submodule). */
  readonly mode: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Of the blob; of a submodule its commit. */
  readonly id: string;
  /** Bytes of the blob. Null when it is not known: of a submodule, and of a blob that is not here yet. */
  readonly size: number | null;
}

/** What reading a path of a commit gave. */
export type BlobContent =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  /** The commit has nothing there, or a folder. */
  | { readonly kind: 'absent' }
  /** It was not followed. `target`: as the commit has it. */
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'submodule' }
  /** More bytes than were asked for. They were not read. */
  | { readonly kind: 'too_large'; readonly bytes: number }
  /** The commit has it, and its bytes cannot be had: `why`, as git says it. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** A commit and its files, as git's objects say: no index, no replacement, no filter. It never changes. */
export interface CommitTree {
  readonly id: string;
  /** Also those that a shallow clone has cut off. */
  readonly parents: readonly string[];
  /** Everything in its tree, by path. A name that is not UTF-8 is left out: no configuration can say it. */
  entries(): Promise<ReadonlyMap<string, TreeEntry>>;
  /** Raw blobs, by path: an LFS pointer stays a pointer. Every path that was asked for has an answer. */
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, BlobContent>>;
}

/** Content that lies in Git LFS; a pointer in the tree names it. */
export interface LfsObject {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * How a file on disk stands to the tree of the commit that is checked out. The index is not asked: `assume-unchanged` and
 * `skip-worktree` hide nothing.
 */
export type FileState =
  /** The bytes of the blob. */
  | { readonly kind: 'same' }
  /** The tree has a pointer, and the bytes are what it names. */
  | { readonly kind: 'lfs'; readonly object: LfsObject }
  /** The bytes of the blob, but for the ends of lines. */
  | { readonly kind: 'crlf' }
  /** On disk, and not in the tree: a table that was downloaded or made. */
  | { readonly kind: 'untracked' }
  /** Neither on disk nor in the tree. */
  | { readonly kind: 'nowhere' }
  /** In the tree, not on disk: a sparse checkout, or somebody has removed it. */
  | { readonly kind: 'missing' }
  /** The pointer itself lies on disk, where its content should: checked out without `lfs: true`. */
  | { readonly kind: 'lfs_pointer'; readonly object: LfsObject }
  /** Other bytes. `line`: the first that differs, from 1; null where it is not text, or too large to look. */
  | { readonly kind: 'changed'; readonly line: number | null }
  /** In a submodule, whose files are another repository's. `path`: of the submodule, from the root. */
  | { readonly kind: 'in_submodule'; readonly path: string }
  /** Not a file, or behind a link that leads out of the repository: `what`, in words. It was not read. */
  | { readonly kind: 'not_a_file'; readonly what: string };

/** Why there is no commit to look at. `next`: what would mend it. */
export interface NoCommit {
  readonly kind: 'no_git' | 'no_repository' | 'no_commit' | 'bare' | 'foreign' | 'unreadable';
  /** A sentence without a full stop: `no git repository`. */
  readonly why: string;
  readonly next: string;
}

/** What is checked out. */
export interface CheckedOut {
  readonly kind: 'commit';
  readonly commit: CommitTree;
  /** The project's folder from the repository's root, with `/`; empty when it is the root. */
  readonly folder: string;
  /** Looked at once. @param path from the repository's root, with `/`. A symlink that the tree has too is followed within the repository. */
  stateOf(path: string): Promise<FileState>;
}

/** Commits of the repository that holds the project, as objects. */
export interface Commits {
  /** The commit that is checked out, `HEAD`; asked once. */
  checkedOut(): Promise<CheckedOut | NoCommit>;
  /**
   * A commit by its full id: from the repository at hand, else fetched, without its history, from where the repository came from.
   *
   * @returns null when neither has it.
   * @throws StoreError when it had to be fetched and could not: no network, no access.
   */
  open(id: string): Promise<CommitTree | null>;
  /**
   * The commit, then its first parents, newest first, at most `limit`, from the repository at hand alone. `isComplete`: it
   * ends with a commit without parents, so what is not in it is not on that way; a shallow clone is cut before.
   *
   * @param tip any name git knows.
   */
  firstParents(tip: string, limit: number): Promise<{ readonly ids: readonly string[]; readonly isComplete: boolean }>;
}
