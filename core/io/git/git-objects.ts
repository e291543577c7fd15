import { randomUUID } from 'node:crypto';
import { type BranchContent, type BranchView, RECORDS_AUTHOR } from '../../records/record-branch.ts';
import { isRecordPath } from '../../records/record-path.ts';
import { type Git, GitError } from './git.ts';
import { blobSizes, readBlobs } from './git-blobs.ts';

/** A commit that was fetched, as a branch; undefined where there is no branch. */
export function viewOf(git: Git, head: string | undefined): BranchView {
  let tree: Promise<ReadonlyMap<string, string | null>> | undefined;
  return {
    head,
    tree() {
      tree ??= head === undefined ? Promise.resolve(new Map()) : readTree(git, head);
      return tree;
    },
    async contents(objects, maxBytes) {
      const sizes = maxBytes === Number.POSITIVE_INFINITY ? null : found(objects, await blobSizes(git, objects));
      const readable = objects.filter((_, i) => sizes === null || sizes[i]! <= maxBytes);
      const contents = found(readable, await readBlobs(git, readable));
      const byObject = new Map(readable.map((object, i) => [object, contents[i]]));
      return objects.map((object) => byObject.get(object));
    },
  };
}

async function readTree(git: Git, head: string): Promise<ReadonlyMap<string, string | null>> {
  const files = new Map<string, string | null>();
  for (const line of (await git.run(['ls-tree', '-r', '-z', head])).split('\0')) {
    if (line === '') continue;
    const [tab, isFile] = [line.indexOf('\t'), line.startsWith('100644 ') || line.startsWith('100755 ')];
    files.set(line.slice(tab + 1), isFile ? line.slice('100644 blob '.length, tab) : null);
  }
  return files;
}

/** What the tree names is always there, unless the cache was damaged. */
function found<T>(objects: readonly string[], values: readonly (T | undefined)[]): T[] {
  return objects.map((object, i) => {
    const value = values[i];
    if (value === undefined) throw lostObject(object);
    return value;
  });
}

function lostObject(name: string): GitError {
  return new GitError('git cat-file failed', {
    exitCode: 0,
    stdout: '',
    stderr: `object ${name} is missing`,
    kind: 'failed',
  });
}

/** A commit on top of `head`, or the first one, that adds files; no working tree, no index. */
export async function writeCommit(git: Git, head: string | undefined, change: BranchContent): Promise<string> {
  const ref = `refs/mlops/${randomUUID()}`;
  const data = (content: string | Uint8Array) => [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
  const { name, email } = RECORDS_AUTHOR;
  const parts = [`commit ${ref}\ncommitter ${name} <${email}> now\n`, ...data(change.message)];
  if (head !== undefined) parts.push(`from ${head}\n`);
  for (const [path, content] of change.files) {
    if (!isRecordPath(path)) throw new Error(`not a plain path: ${path}`);
    parts.push(`M 100644 inline ${path}\n`, ...data(content));
  }
  parts.push('done\n');
  const input = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  await git.run(['fast-import', '--quiet', '--date-format=now', '--done'], { input });
  const commit = (await git.run(['rev-parse', '--verify', ref])).trim();
  await git.run(['update-ref', '-d', ref]);
  return commit;
}
