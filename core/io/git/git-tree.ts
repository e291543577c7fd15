import type { BlobContent, CommitTree, TreeEntry } from '../../ports/commit-tree.ts';
import type { BlobReader } from './blob-reader.ts';
import type { Git } from './git.ts';

/** Where the objects of a commit are. */
export interface TreeSource {
  /** Has the commit and its trees. */
  readonly git: Git;
  /** Whether it has the blobs too, so that their sizes can be listed. */
  readonly hasBlobs: boolean;
  readonly readBlobs: BlobReader;
}

/**
 * A commit of a repository by its full id.
 *
 * @returns null when the repository does not have it.
 */
export async function openTree(source: TreeSource, id: string): Promise<CommitTree | null> {
  const parents = await parentsOf(source.git, id);
  if (parents === undefined) return null;
  let listed: Promise<ReadonlyMap<string, TreeEntry>> | undefined;
  const entries = () => {
    listed ??= listTree(source, id);
    return listed;
  };
  return {
    id,
    parents,
    entries,
    async read(paths, maxBytes) {
      const tree = await entries();
      const ids = paths.flatMap((path) => {
        const entry = tree.get(path);
        return entry === undefined || entry.kind === 'submodule' ? [] : [entry.id];
      });
      const contents = await source.readBlobs([...new Set(ids)], maxBytes);
      return new Map(paths.map((path) => [path, contentOf(tree.get(path), contents)]));
    },
  };
}

/** Whether it is the whole name of an object, by SHA-1 or SHA-256. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The parents that a commit itself names; undefined when it is not here. */
export async function parentsOf(git: Git, id: string): Promise<string[] | undefined> {
  const commit = await git.tryRun(['cat-file', 'commit', id]);
  const header = commit?.slice(0, commit.indexOf('\n\n'));
  return header === undefined ? undefined : [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent!);
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = { '120000': 'symlink', '160000': 'submodule' };

export async function listTree(
  { git, hasBlobs }: Pick<TreeSource, 'git' | 'hasBlobs'>,
  id: string,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const list = (...options: readonly string[]) => git.runBytes(['ls-tree', '-r', '-z', '--full-tree', ...options, id]);
  // Sizes break off the list where a clone was made without its blobs.
  const out = hasBlobs ? await list('--long').catch(() => list()) : await list();
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0, at);
    const tab = out.indexOf(9, at);
    const [mode, , object, size] = out.toString('latin1', at, tab).split(/ +/) as [string, string, string, string?];
    const name = out.subarray(tab + 1, end);
    at = end + 1;
    let path: string;
    try {
      path = utf8.decode(name);
    } catch {
      continue;
    }
    const kind = KINDS[mode] ?? 'file';
    entries.set(path, { path, mode, kind, id: object, size: size && /^\d+$/.test(size) ? Number(size) : null });
  }
  return entries;
}

function contentOf(entry: TreeEntry | undefined, contents: ReadonlyMap<string, BlobContent>): BlobContent {
  if (entry === undefined) return { kind: 'absent' };
  if (entry.kind === 'submodule') return { kind: 'submodule' };
  const content = contents.get(entry.id)!;
  if (entry.kind === 'file' || content.kind !== 'file') return content;
  return { kind: 'symlink', target: new TextDecoder().decode(content.bytes) };
}
