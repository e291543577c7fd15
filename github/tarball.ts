import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import type { Client, RepositoryName } from './client.ts';
import { download } from './download.ts';

const MAX_PACKED_BYTES = 200_000_000;
const MAX_BYTES = 1_000_000_000;

/**
 * Those of the wanted blobs that a commit's archive holds, by id: one request for any number of files. A commit can change its own
 * archive (`export-ignore`, `export-subst`), so only content whose id is the wanted one counts, whatever it is called there.
 *
 * @returns nothing when the archive is too large, or is none.
 */
export async function blobsInTarball(
  octokit: Client,
  repository: RepositoryName,
  commit: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Uint8Array>> {
  const ask = (request: object) => octokit.rest.repos.downloadTarballArchive({ ...repository, ref: commit, request });
  const packed = await download(octokit, `the archive of ${commit}`, ask, MAX_PACKED_BYTES);
  const blobs = new Map<string, Uint8Array>();
  for (const { data } of packed ? await unpack(packed) : []) {
    if (!data) continue;
    const id = blobId(data);
    if (wanted.has(id)) blobs.set(id, data);
  }
  return blobs;
}

async function unpack(packed: Uint8Array): Promise<readonly { readonly data?: Uint8Array }[]> {
  try {
    return await unpackTar(await promisify(gunzip)(packed, { maxOutputLength: MAX_BYTES }));
  } catch {
    return [];
  }
}

/** What git calls a file with this content. */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
