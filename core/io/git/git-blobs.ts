import type { Git } from './git.ts';

/** Lengths of blobs by id, all with one process; undefined for what is not here, or is no blob. */
export async function blobSizes(git: Git, ids: readonly string[]): Promise<(number | undefined)[]> {
  if (ids.length === 0) return [];
  const input = `${ids.join('\n')}\n`;
  const lines = (await git.run(['cat-file', '--batch-check=%(objecttype) %(objectsize)'], { input })).split('\n');
  return ids.map((_, i) => {
    const [, size] = lines[i]!.match(/^blob (\d+)$/) ?? [];
    return size === undefined ? undefined : Number(size);
  });
}

/**
 * Which of these objects are here. A clone that was made without all of them breaks off other commands at the first that is
 * not.
 */
export async function presentObjects(git: Git, ids: readonly string[]): Promise<string[]> {
  const options = ['--objects', '--no-walk', '--missing=allow-any', '--ignore-missing', '--stdin'];
  const out = await git.run(['rev-list', ...options], { input: `${ids.join('\n')}\n` });
  const present = new Set(out.split('\n').map((line) => line.split(' ')[0]));
  return ids.filter((id) => present.has(id));
}

/** Contents of blobs by id, all with one process; undefined for what is not here, or is no blob. */
export async function readBlobs(git: Git, ids: readonly string[]): Promise<(Buffer | undefined)[]> {
  if (ids.length === 0) return [];
  const out = await git.runBytes(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
  let at = 0;
  return ids.map(() => {
    const end = out.indexOf(10, at);
    const [, type, size] = out.toString('latin1', at, end).match(/^[0-9a-f]+ (\w+) (\d+)$/) ?? [];
    const from = end + 1;
    at = size === undefined ? from : from + Number(size) + 1;
    return type === 'blob' ? out.subarray(from, at - 1) : undefined;
  });
}
