import { digestInLock, digestInPointer } from '../../../change/dvc-digest.ts';
import { followLinks } from '../../../change/follow-links.ts';
import { filesOf } from '../../../change/input-files.ts';
import { lfsObjectOf } from '../../../change/lfs-pointer.ts';
import { isReadable, pathInRepository } from '../../../change/repository-path.ts';
import { AppError } from '../../../errors/app-error.ts';
import type { CommitTree, LfsObject } from '../../../ports/commit-tree.ts';
import { md5Hex } from '../../../random/md5.ts';
import type { BaseCommit } from '../../ports.ts';
import type { TablePart } from '../../read-dataset-table.ts';
import { type BytesHere, fileHere, isSha256 } from './bytes-here.ts';
import { Obstacle } from './obstacle.ts';

/** As many as Node reads at once. */
const MAX_TABLE_BYTES = 2 ** 31 - 1;
const MAX_POINTER_BYTES = 1_000_000;

type Base = Pick<BaseCommit, 'tree' | 'folder' | 'lfs'>;

/**
 * The files of the base commit that a path or pattern names, or those that its pointers of DVC name; null where it has neither.
 *
 * @param path relative to the project.
 * @throws Obstacle
 */
export async function committedTable(path: string, base: Base, here: BytesHere): Promise<readonly TablePart[] | null> {
  const { tree, folder } = base;
  const pattern = pathInRepository(folder, path);
  if (!isReadable(pattern)) return null;
  const entries = await tree.entries();
  const nameOf = (file: string) => (file === pattern ? path : nameIn(folder, file));
  const parts: TablePart[] = [];
  for (const file of await namedFiles(tree, pattern)) {
    const bytes = await blob(tree, file, MAX_TABLE_BYTES);
    const object = lfsObjectOf(bytes);
    parts.push({ file: nameOf(file), bytes: object ? await contentOf(object, nameOf(file), base, here) : bytes });
  }
  if (parts.length > 0) return parts;
  for (const pointer of filesOf(entries, `${pattern}.dvc`)) {
    const md5 = digestInPointer(await blob(tree, pointer, MAX_POINTER_BYTES));
    const file = nameOf(pointer.slice(0, -'.dvc'.length));
    parts.push({ file, bytes: await tracked(md5, { file, named: nameIn(folder, pointer) }, folder, here) });
  }
  if (parts.length > 0) return parts;
  const lock = pathInRepository(folder, 'dvc.lock');
  const md5 = entries.has(lock) ? digestInLock(await blob(tree, lock, MAX_POINTER_BYTES), path) : undefined;
  if (md5 === undefined) return null;
  return [{ file: path, bytes: await tracked(md5, { file: path, named: 'dvc.lock' }, folder, here) }];
}

/** The files of a commit that a path or pattern names, also behind symlinks as that commit has them; none where one leads to no file of it. */
async function namedFiles(tree: CommitTree, pattern: string): Promise<readonly string[]> {
  const entries = await tree.entries();
  const found = filesOf(entries, pattern);
  const named = found.length > 0 ? found : [pattern];
  for (const file of named) if (!entries.has(await followed(tree, file))) return [];
  return named;
}

async function followed(tree: CommitTree, path: string): Promise<string> {
  const place = await followLinks(tree, path);
  if (place !== null) return place;
  throw new Obstacle({ obstacle: 'unreadable', path, detail: 'it is a link that leads out of the repository' });
}

/** A file of the repository as the project names it. */
function nameIn(folder: string, file: string): string {
  return folder !== '' && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

async function blob(tree: CommitTree, path: string, maxBytes: number): Promise<Uint8Array> {
  const place = await followed(tree, path);
  const content = (await tree.read([place], maxBytes)).get(place)!;
  switch (content.kind) {
    case 'file':
      return content.bytes;
    case 'submodule':
      throw new Obstacle({ obstacle: 'unreadable', path, detail: 'it is a submodule there' });
    case 'too_large':
      throw new Obstacle({ obstacle: 'unreadable', path, detail: `it has ${content.bytes} bytes there` });
    case 'unavailable':
      throw new Obstacle({ obstacle: 'unreadable', path, detail: content.why });
    case 'absent':
    case 'symlink':
      throw new Error(`${path} is in the tree, and cannot be read from it`);
  }
}

/** What a pointer of Git LFS names. */
async function contentOf(object: LfsObject, path: string, { lfs }: Base, here: BytesHere): Promise<Uint8Array> {
  const found = await fileHere(here, path, isSha256(object.sha256));
  if (found) return found;
  if (!lfs) throw new Obstacle({ obstacle: 'other_bytes', path, named: 'Git LFS' });
  try {
    return await lfs.read(object);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new Obstacle({ obstacle: 'unreadable', path, detail: error.problems[0]!.message });
  }
}

/** What DVC tracks: the file that lies here or in DVC's own cache, if it is the one. */
async function tracked(
  md5: string | undefined,
  { file, named }: { readonly file: string; readonly named: string },
  folder: string,
  here: BytesHere,
): Promise<Uint8Array> {
  if (md5 === undefined) throw new Obstacle({ obstacle: 'no_digest', path: file });
  const root = folder === '' ? '' : '../'.repeat(folder.split('/').length);
  const [first, rest] = [md5.slice(0, 2), md5.slice(2)];
  const isIt = (bytes: Uint8Array) => md5Hex(bytes) === md5;
  for (const place of [file, ...['.dvc/cache/files/md5', '.dvc/cache'].map((at) => `${root}${at}/${first}/${rest}`)]) {
    const found = await fileHere(here, place, isIt);
    if (found) return found;
  }
  throw new Obstacle({ obstacle: 'other_bytes', path: file, named });
}
