import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CacheFile } from '../ports/cache-file.ts';
import { writeFileAtomic } from './files.ts';

/** A text in a file, whose first line is the SHA-256 of the rest. */
export function createCacheFile(path: string): CacheFile {
  return {
    async read() {
      try {
        const bytes = await readFile(path);
        const end = bytes.indexOf('\n');
        const body = bytes.subarray(end + 1);
        return bytes.toString('latin1', 0, end) === digest(body) ? body.toString('utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    write: (text) => writeFileAtomic(path, `${digest(text)}\n${text}`).catch(() => {}),
  };
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
