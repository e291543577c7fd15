import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { lfsObjectOf, MAX_POINTER_BYTES } from '../../change/lfs-pointer.ts';
import type { BlobContent, CommitTree, FileState, LfsObject, TreeEntry } from '../../ports/commit-tree.ts';
import { errorCode } from '../files.ts';
import { blobIdOf, blobIdWithLf, looksLikeText, sha256OfFile, withLf } from './blob-id.ts';
import type { BlobReader } from './blob-reader.ts';

/** Links that are followed one after the other, as many as Linux follows. */
const MAX_LINKS = 40;
const MAX_LINK_BYTES = 10_000;
/** Bytes of the larger one of two files whose first differing line is looked for. */
const MAX_COMPARED = 64_000_000;

/** The checkout that files are compared with. */
export interface Checkout {
  /** The folder of its files, without symlinks. */
  readonly root: string;
  readonly commit: CommitTree;
  readonly readBlobs: BlobReader;
}

/** How the file at `path` (from the root, with `/`) stands to the tree of the commit. */
export async function fileStateOf(checkout: Checkout, path: string): Promise<FileState> {
  const tree = await checkout.commit.entries();
  const found = await locate(checkout, tree, path);
  if ('state' in found) return found.state;
  const entry = tree.get(found.path) ?? (await entryOfOtherCase(checkout.root, tree, found.path));
  const submodule = submoduleOf(tree, found.path);
  if (submodule !== undefined) return { kind: 'in_submodule', path: submodule };
  if (!found.isOnDisk) return entry ? { kind: 'missing' } : { kind: 'nowhere' };
  if (entry === undefined) return isFolder(tree, found.path) ? { kind: 'changed', line: null } : { kind: 'untracked' };
  if (entry.kind !== 'file') return { kind: 'changed', line: null };
  return compare(checkout, entry, join(checkout.root, ...found.path.split('/')));
}

/** Whether a file or link lies on disk as the commit has it, LFS content or its pointer. */
export async function diskStateOf(
  checkout: Checkout,
  entry: TreeEntry,
): Promise<'as_committed' | 'missing' | 'changed'> {
  const state = entry.kind === 'symlink' ? await linkStateOf(checkout, entry) : await fileStateOf(checkout, entry.path);
  if (state.kind === 'missing') return 'missing';
  return ['same', 'lfs', 'crlf', 'lfs_pointer'].includes(state.kind) ? 'as_committed' : 'changed';
}

async function linkStateOf(checkout: Checkout, entry: TreeEntry): Promise<Pick<FileState, 'kind'>> {
  const disk = join(checkout.root, ...entry.path.split('/'));
  const info = await lstat(disk).catch(() => undefined);
  if (info === undefined) return { kind: 'missing' };
  // Where links cannot be made, git writes a file that says where it would lead.
  if (info.isFile()) return compare(checkout, entry, disk);
  if (!info.isSymbolicLink()) return { kind: 'changed' };
  const link = await readBlob(checkout, entry.id, MAX_LINK_BYTES);
  const isSame = link.kind === 'file' && Buffer.from(link.bytes).equals(Buffer.from(await readlink(disk)));
  return { kind: isSame ? 'same' : 'changed' };
}

/**
 * Where a path leads on disk, one name after the other. A link is followed when the tree has the same link, and only to
 * within the root.
 */
async function locate(
  checkout: Checkout,
  tree: ReadonlyMap<string, TreeEntry>,
  path: string,
): Promise<{ readonly path: string; readonly isOnDisk: boolean } | { readonly state: FileState }> {
  const stop = (what: string) => ({ state: { kind: 'not_a_file', what } }) as const;
  let rest = path;
  let at = '';
  for (let links = 0; ; ) {
    if (rest === '') return { path: at, isOnDisk: true };
    const [name = '', ...more] = rest.split('/');
    rest = more.join('/');
    if (name === '' || name === '.') continue;
    const here = name === '..' ? posix.dirname(at) : posix.join(at, name);
    if (name === '..') {
      if (at === '') return stop('a path that leads out of the repository');
      at = here === '.' ? '' : here;
      continue;
    }
    if (name.toLowerCase() === '.git') return stop('a part of .git');
    const disk = join(checkout.root, ...here.split('/'));
    const file = await lstat(disk).catch((error) => {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
      throw error;
    });
    if (file === undefined)
      return { path: posix.normalize(posix.join(here, rest)).replace(/\/$/, ''), isOnDisk: false };
    if (!file.isSymbolicLink()) {
      if (rest === '' && !file.isFile()) return stop(file.isDirectory() ? 'a folder' : 'neither a file nor a folder');
      at = here;
      continue;
    }
    const target = await readlink(disk);
    const entry = tree.get(here);
    if (entry === undefined && !isFolder(tree, here)) return { state: { kind: 'untracked' } };
    const link = entry?.kind === 'symlink' ? await readBlob(checkout, entry.id, MAX_LINK_BYTES) : undefined;
    if (link?.kind !== 'file' || !Buffer.from(link.bytes).equals(Buffer.from(target))) {
      return { state: { kind: 'changed', line: null } };
    }
    if (target.startsWith('/') || /^[a-z]:|^\\/i.test(target)) return stop('a link that leads out of the repository');
    if (++links > MAX_LINKS) return stop('a link that leads to itself');
    // Not joined: `..` after a link leads up from where that leads.
    rest = rest === '' ? target : `${target}/${rest}`;
  }
}

/** Whether the tree has something below the path. */
function isFolder(tree: ReadonlyMap<string, TreeEntry>, path: string): boolean {
  for (const each of tree.keys()) if (each.startsWith(`${path}/`)) return true;
  return false;
}

function submoduleOf(tree: ReadonlyMap<string, TreeEntry>, path: string): string | undefined {
  const names = path.split('/');
  return names.map((_, i) => names.slice(0, i + 1).join('/')).find((each) => tree.get(each)?.kind === 'submodule');
}

/** On a disk that ignores case, or the form of letters: the entry whose file is this one under another name. */
async function entryOfOtherCase(
  root: string,
  tree: ReadonlyMap<string, TreeEntry>,
  path: string,
): Promise<TreeEntry | undefined> {
  const fold = (text: string) => text.normalize('NFC').toLowerCase();
  const folded = fold(path);
  const own = await lstat(join(root, path)).catch(() => undefined);
  for (const entry of tree.values()) {
    if (own === undefined || entry.path === path || fold(entry.path) !== folded) continue;
    const other = await lstat(join(root, entry.path)).catch(() => undefined);
    if (other && other.ino === own.ino && other.dev === own.dev) return entry;
  }
  return undefined;
}

async function compare(checkout: Checkout, entry: TreeEntry, disk: string): Promise<FileState> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await open(disk, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const info = await file.stat();
    if (!info.isFile()) return { kind: 'not_a_file', what: 'neither a file nor a folder' };
    const hash = entry.id.length === 64 ? 'sha256' : 'sha1';
    const { id, crlfs } = await blobIdOf(file, info.size, hash);
    const isSame = id === entry.id;
    if (isSame || (crlfs > 0 && (await blobIdWithLf(file, info.size, crlfs, hash)) === entry.id)) {
      const object = info.size <= MAX_POINTER_BYTES ? lfsObjectOf(await readWhole(file, info.size)) : undefined;
      if (object) return { kind: 'lfs_pointer', object };
      return { kind: isSame ? 'same' : 'crlf' };
    }
    const object = await lfsObjectOfBlob(checkout, entry);
    if (object) {
      const isContent = info.size === object.bytes && (await sha256OfFile(file, info.size)) === object.sha256;
      return isContent ? { kind: 'lfs', object } : { kind: 'changed', line: null };
    }
    return await difference(checkout, entry, file, info.size);
  } finally {
    await file.close();
  }
}

async function lfsObjectOfBlob(checkout: Checkout, { id, size }: TreeEntry): Promise<LfsObject | undefined> {
  if (size !== null && size > MAX_POINTER_BYTES) return undefined;
  const blob = await readBlob(checkout, id, MAX_POINTER_BYTES);
  return blob.kind === 'file' ? lfsObjectOf(blob.bytes) : undefined;
}

/** The first line that differs, whatever lines end with. */
async function difference(checkout: Checkout, entry: TreeEntry, file: FileHandle, size: number): Promise<FileState> {
  const unknown = { kind: 'changed', line: null } as const;
  if (size > MAX_COMPARED) return unknown;
  const blob = await readBlob(checkout, entry.id, MAX_COMPARED);
  if (blob.kind !== 'file') return unknown;
  const [before, now] = [Buffer.from(blob.bytes), await readWhole(file, size)];
  if (!looksLikeText(before) || !looksLikeText(now)) return unknown;
  const [a, b] = [withLf(before), withLf(now)];
  if (a.equals(b)) return { kind: 'crlf' };
  let line = 1;
  for (let i = 0; i < Math.min(a.length, b.length) && a[i] === b[i]; i++) if (a[i] === 10) line++;
  return { kind: 'changed', line };
}

async function readBlob({ readBlobs }: Checkout, id: string, maxBytes: number): Promise<BlobContent> {
  return (await readBlobs([id], maxBytes)).get(id)!;
}

async function readWhole(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, 0);
  return bytes.subarray(0, bytesRead);
}
