import { AppError } from '../../errors/app-error.ts';
import type { BlobContent } from '../../ports/commit-tree.ts';
import { type Git, GitError } from './git.ts';
import { blobSizes, presentObjects, readBlobs } from './git-blobs.ts';

/** Blobs by id; every id that was asked for has an answer. */
export type BlobReader = (ids: readonly string[], maxBytes: number) => Promise<ReadonlyMap<string, BlobContent>>;

/**
 * Reads blobs from a repository, and what it lacks from another.
 *
 * @param fetchBlobs the repository that has these blobs after they were fetched, all at once; undefined when there is nowhere
 * to fetch from.
 */
export function createBlobReader(
  git: Git | undefined,
  fetchBlobs: (ids: readonly string[]) => Promise<Git | undefined>,
): BlobReader {
  return async (ids, maxBytes) => {
    const contents = git ? await readFrom(git, ids, maxBytes) : new Map<string, BlobContent>();
    const missing = ids.filter((id) => !contents.has(id));
    if (missing.length === 0) return contents;
    let why = 'the repository does not have it';
    try {
      const other = await fetchBlobs(missing);
      if (other) for (const [id, content] of await readFrom(other, missing, maxBytes)) contents.set(id, content);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      why = error.problems[0]!.found ?? error.problems[0]!.message;
    }
    for (const id of missing) if (!contents.has(id)) contents.set(id, { kind: 'unavailable', why });
    return contents;
  };
}

/** What of these the repository has. */
async function readFrom(git: Git, ids: readonly string[], maxBytes: number): Promise<Map<string, BlobContent>> {
  const sizes = await sizesIn(git, ids);
  const readable = ids.filter((id) => (sizes.get(id) ?? Number.POSITIVE_INFINITY) <= maxBytes);
  const bytes = await readBlobs(git, readable);
  const contents = new Map<string, BlobContent>();
  for (const [id, size] of sizes) if (size > maxBytes) contents.set(id, { kind: 'too_large', bytes: size });
  readable.forEach((id, i) => {
    if (bytes[i]) contents.set(id, { kind: 'file', bytes: bytes[i] });
  });
  return contents;
}

async function sizesIn(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  let asked = ids;
  let sizes: readonly (number | undefined)[];
  try {
    sizes = await blobSizes(git, ids);
  } catch (error) {
    if (!(error instanceof GitError) || error.kind !== 'failed') throw error;
    asked = await presentObjects(git, ids);
    sizes = await blobSizes(git, asked);
  }
  return new Map(asked.flatMap((id, i) => (sizes[i] === undefined ? [] : [[id, sizes[i]] as const])));
}
