import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataError } from '../core/errors/app-error.ts';
import { errorCode } from '../core/io/files.ts';
import type { LfsObject } from '../core/ports/commit-tree.ts';
import type { LfsObjects } from '../core/ports/lfs-objects.ts';
import type { Log } from '../core/ports/log.ts';
import type { LfsClient } from '../github/lfs-client.ts';
import { lfsDamaged } from '../github/lfs-error.ts';
import type { TableCache } from './table-cache.ts';

/** As many as Node reads at once. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * Tables whose checkout is a Git LFS pointer: from a folder of the job, else from the cache of Actions, else from Git LFS. Wherever
 * bytes come from, they are used only when they have the size and the SHA-256 that the pointer names. The checkout stays as it is.
 *
 * @param folder outside of the workspace: a file per table, whose name is its SHA-256.
 */
export function createLfsTables(
  folder: string,
  {
    client,
    cache,
    log,
  }: { readonly client: LfsClient; readonly cache: TableCache; readonly log: Pick<Log, 'info' | 'warn'> },
): LfsObjects {
  return {
    async read(object) {
      if (object.bytes > MAX_BYTES) throw tooLarge(object);
      await mkdir(folder, { recursive: true });
      const name = object.sha256;
      const path = join(folder, name);
      const kept = await readFile(path).catch(absent);
      if (kept && isObject(kept, object)) return kept;
      await cache.restore(object);
      const restored = await readFile(path).catch(absent);
      if (restored && isObject(restored, object)) {
        log.info(`${described(object)}: from the cache of Actions`);
        return restored;
      }
      if (restored) {
        await rm(path, { force: true });
        log.warn(`${described(object)}: what the cache of Actions holds is something else, so it is not used`);
      }
      await client.download(object, (bytes) => keepObject(path, bytes, object));
      log.info(`${described(object)}: from Git LFS`);
      await cache.save(object);
      return readFile(path);
    },
  };
}

/** Writes the bytes of an object beside `path`, and moves them there when they are the object. */
async function keepObject(path: string, bytes: AsyncIterable<Uint8Array>, object: LfsObject): Promise<void> {
  const partial = `${path}.${randomUUID()}.part`;
  const hash = createHash('sha256');
  let length = 0;
  try {
    await pipeline(
      async function* () {
        for await (const chunk of bytes) {
          length += chunk.length;
          if (length > object.bytes) throw lfsDamaged(object, `more than ${object.bytes} bytes`);
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(partial, { flags: 'wx' }),
    );
    const sha256 = hash.digest('hex');
    if (length !== object.bytes || sha256 !== object.sha256) {
      throw lfsDamaged(object, `oid sha256:${sha256}, ${length} bytes`);
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

function isObject(bytes: Uint8Array, { sha256, bytes: size }: LfsObject): boolean {
  return bytes.length === size && createHash('sha256').update(bytes).digest('hex') === sha256;
}

function absent(error: unknown): undefined {
  // A folder or a link to nowhere: what an earlier step left there.
  if (errorCode(error) === undefined) throw error;
  return undefined;
}

function described({ sha256, bytes }: LfsObject): string {
  return `table sha256:${sha256.slice(0, 12)} of ${bytes} bytes`;
}

function tooLarge({ bytes }: LfsObject): DataError {
  return new DataError({
    message: 'is a Git LFS pointer to more than can be read',
    found: `${bytes} bytes`,
    allowed: `at most ${MAX_BYTES} bytes`,
    next: 'split the table: `path` can be a pattern',
  });
}
