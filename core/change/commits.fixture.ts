import type { BlobContent, CheckedOut, Commits, CommitTree, FileState, TreeEntry } from '../ports/commit-tree.ts';
import { sha256Hex } from '../random/sha256.ts';

export type Files = Readonly<Record<string, string>>;

const LINK = '-> ';

/** The id of a commit of the fixtures, from one character. */
export const shaOf = (name: string) => name.repeat(40);

/** A commit with these files, by path from the repository's root; a text that starts with `-> ` is a link. */
export function aCommit(name: string, files: Files, parents: readonly string[] = []): CommitTree {
  const entries = new Map(
    Object.entries(files).map(([path, text]): [string, TreeEntry] => [
      path,
      text.startsWith(LINK)
        ? { path, mode: '120000', kind: 'symlink', id: idOf(text), size: text.length }
        : { path, mode: '100644', kind: 'file', id: idOf(text), size: text.length },
    ]),
  );
  return {
    id: shaOf(name),
    parents: parents.map(shaOf),
    entries: async () => entries,
    read: async (paths) =>
      new Map(paths.map((path) => [path, path in files ? contentOf(files[path]!) : { kind: 'absent' as const }])),
  };
}

/** What is checked out: a commit, and what lies on disk, if that is something else. */
export function aCheckout(commit: CommitTree, disk: Files, folder = ''): CheckedOut {
  return {
    kind: 'commit',
    commit,
    folder,
    async stateOf(path): Promise<FileState> {
      const entry = (await commit.entries()).get(path);
      if (!(path in disk)) return { kind: entry ? 'missing' : 'nowhere' };
      if (!entry) return { kind: 'untracked' };
      if (idOf(disk[path]!) !== entry.id) return { kind: 'changed', line: 1 };
      const [, sha256] = /^oid sha256:(.*)$/m.exec(disk[path]!) ?? [];
      return sha256 === undefined ? { kind: 'same' } : { kind: 'lfs_pointer', object: { sha256, bytes: 1 } };
    },
  };
}

export function someCommits(checkedOut: CheckedOut, others: readonly CommitTree[]): Commits {
  const all = [checkedOut.commit, ...others];
  return {
    checkedOut: async () => checkedOut,
    open: async (id) => all.find((commit) => commit.id === id) ?? null,
    firstParents: async () => ({ ids: [], isComplete: false }),
  };
}

function contentOf(text: string): BlobContent {
  if (text.startsWith(LINK)) return { kind: 'symlink', target: text.slice(LINK.length) };
  return { kind: 'file', bytes: new TextEncoder().encode(text) };
}

function idOf(text: string): string {
  return sha256Hex(new TextEncoder().encode(text)).slice(0, 40);
}
