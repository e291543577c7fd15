import type { BlobContent, CommitTree, TreeEntry } from '../../ports/commit-tree.ts';
import { type Git, GitError } from './git.ts';
import { blobSizes, readBlobs } from './git-blobs.ts';

/** Where the objects of a commit are. */
export interface TreeSource {
  readonly git: Git;
  /** Whether the blobs are here, so that their sizes can be listed. */
  readonly hasBlobs: boolean;
  /** The repository that has these blobs after they were fetched; undefined when there is nowhere to fetch from. */
  fetchBlobs?(ids: readonly string[]): Promise<Git | undefined>;
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
        return entry?.kind === 'file' ? [entry.id] : [];
      });
      const contents = await readContents(source, [...new Set(ids)], maxBytes);
      return new Map(paths.map((path) => [path, contentOf(tree.get(path), contents)]));
    },
  };
}

/** The parents that a commit itself names; undefined when it is not here. */
export async function parentsOf(git: Git, id: string): Promise<string[] | undefined> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return undefined;
  const commit = await git.tryRun(['cat-file', 'commit', id]);
  const header = commit?.slice(0, commit.indexOf('\n\n'));
  return header === undefined ? undefined : [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent!);
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = { '120000': 'symlink', '160000': 'submodule' };

async function listTree({ git, hasBlobs }: TreeSource, id: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const out = await git.runBytes(['ls-tree', '-r', '-z', '--full-tree', ...(hasBlobs ? ['--long'] : []), id]);
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
    // Of a blob that is not here, git says BAD.
    entries.set(path, { path, mode, kind, id: object, size: size && /^\d+$/.test(size) ? Number(size) : null });
  }
  return entries;
}

/** Blobs by id. What is not here is fetched, all at once. */
export async function readContents(
  source: TreeSource,
  ids: readonly string[],
  maxBytes: number,
): Promise<ReadonlyMap<string, BlobContent>> {
  const contents = new Map<string, BlobContent>();
  const readFrom = async (git: Git, wanted: readonly string[]) => {
    const sizes = await blobSizes(git, wanted);
    const readable = wanted.filter((_, i) => (sizes[i] ?? Number.POSITIVE_INFINITY) <= maxBytes);
    const bytes = await readBlobs(git, readable);
    wanted.forEach((id, i) => {
      const size = sizes[i];
      if (size !== undefined && size > maxBytes) contents.set(id, { kind: 'too_large', bytes: size });
    });
    readable.forEach((id, i) => {
      const found = bytes[i];
      if (found) contents.set(id, { kind: 'file', bytes: found });
    });
  };
  if (source.hasBlobs) await readFrom(source.git, ids);
  const missing = ids.filter((id) => !contents.has(id));
  if (missing.length === 0) return contents;
  let why = 'the clone does not have it';
  try {
    const git = await source.fetchBlobs?.(missing);
    if (git) await readFrom(git, missing);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    why = error.problems[0]!.found ?? error.problems[0]!.message;
  }
  for (const id of missing) if (!contents.has(id)) contents.set(id, { kind: 'unavailable', why });
  return contents;
}

function contentOf(entry: TreeEntry | undefined, contents: ReadonlyMap<string, BlobContent>): BlobContent {
  if (entry === undefined) return { kind: 'absent' };
  return entry.kind === 'file' ? contents.get(entry.id)! : { kind: 'not_a_file', what: entry.kind };
}
