import { DataError } from '../errors/app-error.ts';

/** Most bytes that a compressed table may decompress to. */
const MAX_BYTES = 2 ** 31;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The content of a gzip file.
 *
 * @throws DataError when it is truncated or damaged, or larger than 2 GiB when decompressed.
 */
export async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    for await (const part of stream) {
      parts.push(part);
      total += part.length;
      if (total > MAX_BYTES) break;
    }
  } catch (cause) {
    throw new DataError(
      {
        file,
        message: 'the gzip file is truncated or damaged',
        next: 'create or download it again, and compare its size',
      },
      { cause },
    );
  }
  if (total > MAX_BYTES)
    throw new DataError({ file, message: 'the decompressed file is too large', allowed: 'at most 2 GiB' });
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
